import { lastingGaps, type Gap } from '../cdr/gap';
import type { TimeRange } from './answer';
import { passesBy, type CdrFilters } from '../cdr/filters';
import { utcText } from '../query/utc-text';
import { sentence, type Sentence } from '../sentences/sentence';
import { notice, type Notice } from './notice';

/** Gaps that a notice names one by one. */
const named = 3;

/** Gaps of a moment say nothing of a day: they are to be a minute long together, or this part of a shorter range. */
const leastPart = 1 / 500;
const leastLength = 60_000;

/** What an answer says whose range touches gaps; nothing where none is of a server that the filters let through. */
export function gapNotices(
  gaps: readonly Gap[],
  filters: CdrFilters,
  { from, to }: Pick<TimeRange, 'from' | 'to'>
): Notice[] {
  const ofWanted = gaps.filter(({ server }) => passesBy(filters, { server }));
  const least = Math.min(leastLength, (to - from) * leastPart);
  const lasting = (is: (gap: Gap) => unknown): Gap[] => lastingGaps(ofWanted.filter(is), least);
  return [
    ...missing(lasting((gap) => !gap.filled)),
    ...filledIn(lasting((gap) => gap.filled && !gap.queuesFilled)),
    ...readIn(lasting((gap) => gap.queuesFilled)),
  ];
}

function missing(touched: readonly Gap[]): Notice[] {
  const more = touched.length - named;
  return touched.length === 0
    ? []
    : [
        notice(
          'warning',
          sentence('notice.gap.missing'),
          ...touched.slice(-named).map(gapSentence),
          ...(more > 0 ? [sentence('notice.gap.more', { count: more })] : [])
        ),
      ];
}

/** What only queue events show is not in the PBX's records. */
function filledIn(filled: readonly Gap[]): Notice[] {
  return filled.length === 0 ? [] : [notice('info', sentence('notice.gap.filled', counted(filled)))];
}

/** Calls of other phones are in no queue_log. */
function readIn(read: readonly Gap[]): Notice[] {
  const rest = read.every((gap) => gap.filled)
    ? sentence('notice.gap.calls-filled')
    : sentence('notice.gap.calls-missing');
  return read.length === 0 ? [] : [notice('info', sentence('notice.gap.read', counted(read)), rest)];
}

function counted(gaps: readonly Gap[]) {
  return { count: gaps.length, servers: [...new Set(gaps.map(({ server }) => server))].sort() };
}

/** What happened in a gap, and when. */
export function gapSentence({ server, startTime, endTime, reason }: Gap): Sentence {
  const from = utcText(startTime);
  const span =
    endTime === null ? sentence('span.open', { from }) : sentence('span.closed', { from, to: utcText(endTime) });
  return sentence(`gap.${reason}`, { server, span });
}
