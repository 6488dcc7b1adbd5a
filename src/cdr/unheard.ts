import type { Gap, GapReason } from './gap';
import { withoutSpans, type Span } from './spans';

/** In such gaps the PBX was not heard by who tells of it; others may have. In those of the other reasons it was. */
const deaf: ReadonlySet<GapReason> = new Set(['stopped', 'disconnected', 'silent']);

export function isDeafness({ reason }: Gap): boolean {
  return deaf.has(reason);
}

/**
 * What is left of a gap where others heard the PBX: the stretches in which nobody did. One that goes on does so after what
 * the others heard.
 *
 * @param heard by others, epoch milliseconds
 * @param now where a gap that goes on is now, epoch milliseconds
 */
export function unheard(gap: Gap, heard: readonly Span[], now: number): Gap[] {
  if (!isDeafness(gap) || heard.length === 0) {
    return [gap];
  }
  const end = gap.endTime ?? Math.max(now, gap.startTime);
  return withoutSpans([[gap.startTime, end]], heard).map(([startTime, endTime]) => ({
    ...gap,
    startTime,
    endTime: gap.endTime === null && endTime === end ? null : endTime,
  }));
}
