import { passesBy, type CdrFilters } from '../cdr/filters';
import type { QueueDifference } from '../cdr/queue-audit';
import { utcText } from '../query/utc-text';
import { mention, sentence, type Sentence } from '../sentences/sentence';
import { notice, type Notice } from './notice';

/** Differences that a notice names one by one. */
const named = 3;

/** What an answer says whose range touches stretches in which Asterisk counted other visits than are stored. */
export function differenceNotices(differences: readonly QueueDifference[], filters: CdrFilters): Notice[] {
  const wanted = differencesOf(differences, filters);
  const more = wanted.length - named;
  return wanted.length === 0
    ? []
    : [
        notice(
          'warning',
          sentence('notice.difference.differs'),
          ...wanted.slice(-named).map(differenceSentence),
          ...(more > 0 ? [sentence('notice.difference.more', { count: more })] : [])
        ),
      ];
}

/** What Asterisk counted otherwise, and when. */
export function differenceSentence(difference: QueueDifference): Sentence {
  const { outcome, more, startTime, endTime } = difference;
  const values = {
    place: placeOf(difference),
    outcome: sentence(`difference.${outcome}`),
    count: Math.abs(more),
    from: utcText(startTime),
    to: utcText(endTime),
  };
  return more > 0 ? sentence('difference.more', values) : sentence('difference.fewer', values);
}

/** Those of the PBXes, queues and agents that filters let through. */
export function differencesOf(differences: readonly QueueDifference[], filters: CdrFilters): QueueDifference[] {
  return differences.filter(({ server, queue, agent }) =>
    passesBy(filters, { server, queue, ...(agent !== '' && { agent }) })
  );
}

/** The PBX, queue and agent that it is about. */
export function placeOf({ server, queue, agent }: QueueDifference): Array<string | Sentence> {
  return [
    server,
    ...(queue === '' ? [] : [sentence('difference.queue', { queue: mention('queue', queue) })]),
    ...(agent === '' ? [] : [sentence('difference.agent', { agent: mention('agent', agent) })]),
  ];
}
