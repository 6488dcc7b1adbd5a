import { defer, filter, map, merge, type Observable } from 'rxjs';
import type { Answer } from '../../answers/answer';
import { callRows, recordRows } from '../../answers/row-answers';
import { callMatches, recordMatches } from '../../cdr/fact-matches';
import type { ChangedCall } from '../../store/store';
import type { DataSource } from '../sources/data-source';
import { answerNow } from './answer-now';
import type { LiveRequest } from './live-request';
import { sendEach } from './paced';

/** How far back a stream begins: when this process is started again, those who watch keep their subscription. Milliseconds. */
const catchUpMs = 300_000;

/** Sends the rows of a question that each stored batch brings, after those of the last minutes. */
export function newRows(
  source: Pick<DataSource, 'answers' | 'changes'>,
  request: LiveRequest,
  send: (answer: Answer) => Promise<void>,
  signal: AbortSignal
): Observable<void> {
  const caughtUp = defer(() => answerNow(source, { ...request, start: { rangeMs: catchUpMs } }, signal));
  const fresh = source.changes.pipe(
    map((changes) => rowsOf(changes, request)),
    filter((answer) => answer.fields[0]!.values.length > 0)
  );
  return merge(fresh, caughtUp).pipe(sendEach(send));
}

function rowsOf(changes: readonly ChangedCall[], { query }: LiveRequest): Answer {
  const { filters } = query;
  if (query.queryType === 'calls') {
    const calls = changes.flatMap(({ assembled: { call } }) => (call && callMatches(call, filters) ? [call] : []));
    return callRows(query, calls, {});
  }
  const records = changes.flatMap(({ assembled: { call }, freshRecords }) =>
    freshRecords.filter((record) => recordMatches(record, call, filters))
  );
  return recordRows(query, records, {});
}
