import {
  asyncScheduler,
  concatMap,
  defer,
  filter,
  fromEvent,
  interval,
  lastValueFrom,
  map,
  merge,
  takeUntil,
  throttleTime,
  type Observable,
} from 'rxjs';
import { callMatches, recordMatches } from '../../cdr/fact-matches';
import type { Answer } from '../../answers/answer';
import { answerQuery } from '../../answers/answer-query';
import { startAt } from '../../query/live-start';
import type { QueryType } from '../../query/model';
import { callRows, recordRows } from '../../answers/row-answers';
import type { ChangedCall } from '../../store/store';
import type { DataSource } from '../sources/data-source';
import type { LiveRequest } from './live-request';
import { sendEach, sendNewest } from './send-paced';

/** Statistics are recomputed at most this often, milliseconds; new rows come with each batch that is stored. */
const statisticsMs = 500;
const nowMs = 5_000;
/** How far back a stream begins: when this process is started anew, those who watch keep their subscription and notice nothing. */
const catchUpMs = 300_000;

type LiveAnswers = (source: DataSource, request: LiveRequest) => Observable<Answer>;

/** What a panel is sent as calls end: new rows of its kind, or its statistics anew. */
const liveAnswers: Record<QueryType, LiveAnswers> = {
  records: (source, request) =>
    source.changes.pipe(
      map((changes) => changes.flatMap((change) => matchingRecords(change, request))),
      filter((records) => records.length > 0),
      map((records) => recordRows(request.query, records, {}))
    ),
  calls: (source, request) =>
    source.changes.pipe(
      map((changes) => changes.flatMap((change) => matchingCall(change, request))),
      filter((calls) => calls.length > 0),
      map((calls) => callRows(request.query, calls, {}))
    ),
  statistics: (source, request) =>
    source.changes.pipe(
      filter((changes) => changes.length > 0),
      throttleTime(statisticsMs, asyncScheduler, { leading: true, trailing: true }),
      concatMap(() => answerNow(source, request))
    ),
  // Those who wait grow older without an event.
  queueStatus: (source, request) =>
    merge(source.boardChanges, interval(nowMs)).pipe(
      throttleTime(statisticsMs, asyncScheduler, { leading: true, trailing: true }),
      concatMap(() => answerNow(source, request))
    ),
  servers: again,
  annotations: again,
};

/** What changes with the clock is sent anew with it. */
function again(source: DataSource, request: LiveRequest): Observable<Answer> {
  return interval(nowMs).pipe(concatMap(() => answerNow(source, request)));
}

/** Sends frames until nobody listens any more. A slow reader holds up only its own frames. */
export async function runStream(
  source: DataSource,
  request: LiveRequest,
  send: (answer: Answer) => Promise<void>,
  signal: AbortSignal
): Promise<void> {
  const { query } = request;
  const isRows = query.queryType === 'records' || query.queryType === 'calls';
  const caughtUp = defer(() => answerNow(source, isRows ? { ...request, start: { rangeMs: catchUpMs } } : request));
  const sent = merge(liveAnswers[query.queryType](source, request), caughtUp).pipe(
    takeUntil(fromEvent(signal, 'abort')),
    isRows ? sendEach(send) : sendNewest(send)
  );
  await lastValueFrom(sent, { defaultValue: undefined });
}

function answerNow(source: DataSource, { query, start, intervalMs }: LiveRequest): Promise<Answer> {
  const now = Date.now();
  return answerQuery(source.answers, query, { from: startAt(start, now), to: now, intervalMs });
}

function matchingCall({ assembled: { call } }: ChangedCall, { query }: LiveRequest) {
  return call && callMatches(call, query.filters) ? [call] : [];
}

function matchingRecords({ assembled: { call }, freshRecords }: ChangedCall, { query }: LiveRequest) {
  return freshRecords.filter((record) => recordMatches(record, call, query.filters));
}
