import { passesBy, type CdrFilters } from '../cdr/filters';
import type { QueueDifference } from '../cdr/queue-audit';
import { utcText } from '../query/utc-text';
import type { AnswerMeta } from './answer';

/** Differences that a notice names one by one. */
const named = 3;

/** What an answer says whose range touches stretches in which Asterisk counted other visits than are stored. */
export function differenceNotices(
  differences: readonly QueueDifference[],
  filters: CdrFilters
): NonNullable<AnswerMeta['notices']> {
  const wanted = differences.filter(({ server, queue, agent }) =>
    passesBy(filters, { server, queue, ...(agent !== '' && { agent }) })
  );
  if (wanted.length === 0) {
    return [];
  }
  const more = wanted.length > named ? ` There are ${wanted.length - named} differences more.` : '';
  return [
    {
      severity: 'warning',
      text: `${wanted.slice(-named).map(differenceText).join('. ')}. Queue figures of that time differ from Asterisk's.${more}`,
    },
  ];
}

/** As a sentence without its full stop. */
export function differenceText(difference: QueueDifference): string {
  const { server, startTime, endTime } = difference;
  const between = `between ${utcText(startTime)} and ${utcText(endTime)}`;
  return `Asterisk counted ${countedText(difference)} of ${server} ${between}`;
}

/** What Asterisk counted, such as `3 more abandoned in support`, or `1 more answered by 1001 in support`. */
export function countedText({ queue, agent, outcome, more }: QueueDifference): string {
  const by = agent === '' ? '' : ` by ${agent}`;
  const where = queue === '' ? '' : ` in ${queue}`;
  return `${Math.abs(more)} ${more > 0 ? 'more' : 'fewer'} ${outcome}${by}${where}`;
}
