import { isOneOf, type CdrFilters } from '../cdr/filters';
import type { QueueDifference } from '../cdr/queue-audit';
import { utcText } from '../query/utc-text';
import type { AnswerMeta } from './answer';

/** Differences that a notice names one by one. */
const named = 3;

/** What an answer says whose range touches stretches in which Asterisk counted other visits than are stored. */
export function differenceNotices(
  differences: readonly QueueDifference[],
  { server, queue }: CdrFilters
): NonNullable<AnswerMeta['notices']> {
  const wanted = differences.filter(
    (difference) => isOneOf([difference.server], server) && isOneOf([difference.queue], queue)
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
export function differenceText({ server, queue, outcome, more, startTime, endTime }: QueueDifference): string {
  const count = `${Math.abs(more)} ${more > 0 ? 'more' : 'fewer'} ${outcome}`;
  return `Asterisk counted ${count} in ${queue} of ${server} between ${utcText(startTime)} and ${utcText(endTime)}`;
}
