import { gapReasonTexts, gapVerbs, lastingGaps, type Gap } from '../cdr/gap';
import type { AnswerMeta, TimeRange } from './answer';
import { passesBy, type CdrFilters } from '../cdr/filters';
import { utcText } from '../query/utc-text';

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
): Notices {
  const ofWanted = gaps.filter(({ server }) => passesBy(filters, { server }));
  const least = Math.min(leastLength, (to - from) * leastPart);
  const lasting = (is: (gap: Gap) => unknown): Gap[] => lastingGaps(ofWanted.filter(is), least);
  return [
    ...missing(lasting((gap) => !gap.filled)),
    ...filledIn(lasting((gap) => gap.filled && !gap.queuesFilled)),
    ...readIn(lasting((gap) => gap.queuesFilled)),
  ];
}

type Notices = NonNullable<AnswerMeta['notices']>;

function missing(touched: readonly Gap[]): Notices {
  if (touched.length === 0) {
    return [];
  }
  const unnamed = touched.length - named;
  const more = unnamed === 1 ? ' There is 1 gap more.' : unnamed > 1 ? ` There are ${unnamed} gaps more.` : '';
  return [
    {
      severity: 'warning',
      text: `Calls may be missing. ${touched.slice(-named).map(describe).join(' ')}${more}`,
    },
  ];
}

/** What only queue events tell is not in the PBX's records. */
function filledIn(filled: readonly Gap[]): Notices {
  const servers = [...new Set(filled.map(({ server }) => server))].sort();
  return filled.length === 0
    ? []
    : [
        {
          severity: 'info',
          text:
            `${filled.length === 1 ? 'A gap' : `${filled.length} gaps`} of ${servers.join(', ')} filled in from the ` +
            "PBX's own records: queue visits of that time are told from them, log-in times are missing.",
        },
      ];
}

/** Calls of other phones are in no queue_log. */
function readIn(read: readonly Gap[]): Notices {
  const servers = [...new Set(read.map(({ server }) => server))].sort();
  const records = read.every((gap) => gap.filled)
    ? " All other calls of that time are filled in from the PBX's own records."
    : ' Calls that went through no queue may be missing.';
  return read.length === 0
    ? []
    : [
        {
          severity: 'info',
          text:
            `${read.length === 1 ? 'A gap' : `${read.length} gaps`} of ${servers.join(', ')} filled in from the ` +
            `queue_log: queue visits, log-ins and pauses of that time are read from it.${records}`,
        },
      ];
}

/** Of a gap of the reason `lost`, as a sentence without its full stop. */
export function lossText({ server, startTime, endTime }: Gap): string {
  return `What was stored of ${server} from ${utcText(startTime)} to ${utcText(endTime ?? startTime)} is gone from the store`;
}

function describe({ server, startTime, endTime, reason }: Gap): string {
  const until = endTime === null ? 'until now' : `to ${utcText(endTime)}`;
  return `${server} was ${gapVerbs[reason]} from ${utcText(startTime)} ${until}: ${gapReasonTexts[reason]}.`;
}
