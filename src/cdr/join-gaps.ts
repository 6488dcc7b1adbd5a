import type { Gap } from './gap';
import { joinSpans, type Span } from './spans';

/** Gaps of a line that flaps are one where they are no further apart: so a day has no more than minutes. Milliseconds. */
export const nearGaps = 60_000;

/**
 * Gaps that are near, of the same PBX and for the same reason, as one; those that go on by themselves. The earliest first.
 * @param near milliseconds
 */
export function joinGaps(gaps: readonly Gap[], near = nearGaps): Gap[] {
  const kinds = Map.groupBy(gaps, ({ server, reason, filled, queuesFilled, endTime }) =>
    JSON.stringify([server, reason, filled ?? false, queuesFilled ?? false, endTime === null])
  );
  return [...kinds.values()].flatMap((alike) => joinAlike(alike, near)).sort((a, b) => a.startTime - b.startTime);
}

function joinAlike(gaps: readonly Gap[], near: number): Gap[] {
  const [first] = gaps;
  if (first!.endTime === null) {
    return [...gaps];
  }
  const spans = gaps.map(({ startTime, endTime }): Span => [startTime, endTime!]);
  return joinSpans(spans, near).map(([startTime, endTime]) => ({ ...first!, startTime, endTime }));
}
