import { defer, filter, map, merge, type Observable } from 'rxjs';
import type { Answer } from '../../answers/answer';
import { callRows, recordRows } from '../../answers/row-answers';
import { callMatches, recordMatches } from '../../cdr/fact-matches';
import type { CdrRecord } from '../../cdr/record';
import { startAt } from '../../query/live-start';
import type { StoreChange } from '../../store/store';
import type { LiveFeed } from '../sources/roles';
import { answerNow } from './answer-now';
import type { LiveRequest } from './live-request';
import { sendEach } from './paced';

/** How far back a stream begins: when this process is started again, those who watch keep their subscription. Milliseconds. */
const catchUpMs = 300_000;

/** Sends the rows of a question that each stored batch brings, after those of the last minutes. */
export function newRows(
  source: Pick<LiveFeed, 'answers' | 'changes'>,
  request: LiveRequest,
  send: (answer: Answer) => Promise<void>,
  signal: AbortSignal
): Observable<void> {
  const caughtUp = defer(() => answerNow(source, { ...request, start: { rangeMs: catchUpMs } }, signal));
  const fresh = source.changes.pipe(
    map((change) => rowsOf(change, request)),
    filter((answer) => answer.fields[0]!.values.length > 0)
  );
  return merge(fresh, caughtUp).pipe(sendEach(send));
}

/** Imports and derivations change calls of any age: those that began before the request's range are left out. */
function rowsOf({ changed }: StoreChange, { query, start }: LiveRequest): Answer {
  const { filters } = query;
  const from = startAt(start, Date.now());
  const isIn = ({ startTime }: Pick<CdrRecord, 'startTime'>): boolean => startTime === null || startTime >= from;
  if (query.queryType === 'calls') {
    const calls = changed.flatMap(({ assembled: { call } }) =>
      call && isIn(call) && callMatches(call, filters) ? [call] : []
    );
    return callRows(query, calls, {});
  }
  const records = changed.flatMap(({ assembled: { call }, freshRecords }) =>
    freshRecords.filter((record) => isIn(record) && recordMatches(record, call, filters))
  );
  return recordRows(query, records, {});
}
