import { asyncScheduler, interval, merge, startWith, throttleTime, type Observable } from 'rxjs';
import type { Answer } from '../../answers/answer';
import { clockMs, type LiveStart } from '../../query/live-start';
import type { QueryType } from '../../query/model';
import type { LiveFeed } from '../sources/roles';
import { answerNow } from './answer-now';
import type { LiveRequest } from './live-request';
import { workOnNewest } from './paced';

type AnsweredAnew = Exclude<QueryType, 'records' | 'calls'>;
type Source = Pick<LiveFeed, 'answers' | 'changes' | 'boardChanges'>;

/** An answer is made again at most this often, milliseconds. */
const quickestMs = 500;
/** What shows how things are now grows older without an event. Milliseconds. */
const nowMs = 5_000;

/** When the answer to a question may be another one. */
const moments: Record<AnsweredAnew, (source: Source, start: LiveStart) => Observable<unknown>> = {
  statistics: ({ changes }, start) => merge(changes, interval(clockMs(start))),
  busiestHours: ({ changes }, start) => merge(changes, interval(clockMs(start))),
  lostCallers: ({ changes }, start) => merge(changes, interval(clockMs(start))),
  repeatedCallers: ({ changes }, start) => merge(changes, interval(clockMs(start))),
  journey: ({ changes }) => changes,
  queueStatus: ({ boardChanges }) => merge(boardChanges, interval(nowMs)),
  agentStatus: ({ boardChanges }) => merge(boardChanges, interval(nowMs)),
  callsNow: ({ boardChanges }) => merge(boardChanges, interval(nowMs)),
  callersWaiting: ({ boardChanges }) => merge(boardChanges, interval(nowMs)),
  servers: () => interval(nowMs),
  annotations: () => interval(nowMs),
};

export function isAnsweredAnew(request: LiveRequest): request is LiveRequest & { query: { queryType: AnsweredAnew } } {
  return request.query.queryType in moments;
}

/**
 * Sends the whole answer each time that it has become another one. It is asked for only when the one before was sent, with
 * the range of that moment: a question that takes long, or a slow reader, makes updates rarer and never a queue.
 */
export function answersAnew(
  source: Source,
  request: LiveRequest & { query: { queryType: AnsweredAnew } },
  send: (answer: Answer) => Promise<void>,
  signal: AbortSignal
): Observable<void> {
  let sent = '';
  return moments[request.query.queryType](source, request.start).pipe(
    startWith(null),
    throttleTime(quickestMs, asyncScheduler, { leading: true, trailing: true }),
    workOnNewest(async () => {
      const answer = await answerNow(source, request, signal);
      const shown = JSON.stringify([answer.fields, answer.meta.notices]);
      if (shown !== sent) {
        await send(answer);
        sent = shown;
      }
    })
  );
}
