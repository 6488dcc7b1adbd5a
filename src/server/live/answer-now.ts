import type { Answer } from '../../answers/answer';
import { answerQuery } from '../../answers/answer-query';
import { startAt } from '../../query/live-start';
import type { LiveFeed } from '../sources/roles';
import type { LiveRequest } from './live-request';

/** What the question of a live channel is answered by now. */
export function answerNow(
  source: Pick<LiveFeed, 'answers'>,
  { query, start, intervalMs }: LiveRequest,
  signal: AbortSignal
): Promise<Answer> {
  const now = Date.now();
  return answerQuery(source.answers, query, { from: startAt(start, now), to: now, intervalMs }, signal);
}
