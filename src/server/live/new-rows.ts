import { concatAll, concatMap, merge, of, type Observable } from 'rxjs';
import type { Answer } from '../../answers/answer';
import type { AnswerSource } from '../../answers/answer-query';
import { askedFilters, namedClock } from '../../answers/asked-filters';
import { nameAnswer } from '../../answers/name-answer';
import { callRows, recordRows } from '../../answers/row-answers';
import { callMatches, recordMatches } from '../../cdr/fact-matches';
import type { CdrRecord } from '../../cdr/record';
import { startAt } from '../../query/live-start';
import type { ChangedCall, StoreChange } from '../../store/store';
import type { LiveFeed } from '../sources/roles';
import { answerNow } from './answer-now';
import { goneCalls, renewal } from './live-signals';
import type { LiveRequest } from './live-request';
import { sendEach } from './paced';
import { splitRows } from './split-rows';

/** How far back a stream begins: when this process is started again, those who watch keep their subscription. Milliseconds. */
const catchUpMs = 300_000;
/** Frames that one write may bring to a channel, such as that of an import, or of a call of very many records. */
const mostFrames = 10;

/** Sends what each write changes in the rows of a question, after those of the last minutes. */
export function newRows(
  source: Pick<LiveFeed, 'answers' | 'changes'>,
  request: LiveRequest,
  send: (answer: Answer) => Promise<void>,
  signal: AbortSignal
): Observable<void> {
  const lastMinutes = async (): Promise<Answer[]> =>
    splitRows(await answerNow(source, { ...request, start: { rangeMs: catchUpMs } }, signal));
  // In this order: rows of before a change that are sent after it would stand for good.
  return merge(of(null), source.changes).pipe(
    concatMap(async (change) => (change ? framesOf(change, request, source.answers) : lastMinutes())),
    concatAll(),
    sendEach(send)
  );
}

/** Imports and derivations change calls of any age: those that began before the request's range are left out. */
async function framesOf(
  { changed, removedBefore }: StoreChange,
  { query, start }: LiveRequest,
  { directory, defaults }: AnswerSource
): Promise<Answer[]> {
  const now = Date.now();
  const earliest = startAt(start, now);
  const context = { directory, businessHours: defaults.businessHours?.hours ?? null };
  const filters = askedFilters(query.filters, context, namedClock(query.timeZone, earliest, now));
  if (removedBefore !== null) {
    return removedBefore > earliest ? [renewal] : [];
  }
  const isIn = ({ startTime }: Pick<CdrRecord, 'startTime'>): boolean => startTime === null || startTime >= earliest;
  const shows = ({ assembled: { call } }: ChangedCall): boolean =>
    call !== null && isIn(call) && callMatches(call, filters);
  const stood = changed.filter((change) => change.stood && isIn(change.stood));
  if (query.queryType === 'calls') {
    const left = stood.filter((change) => !shows(change));
    const calls = changed.filter(shows).map(({ assembled }) => assembled.call!);
    return bounded(left, await nameAnswer(await callRows(query, calls, {}), directory));
  }
  // The outcome of a record is that of its call: with the call, all of its records may match or not.
  const records = changed.flatMap(({ assembled: { call }, records: all }) =>
    all.filter((record) => isIn(record) && recordMatches(record, call, filters))
  );
  return bounded(stood, await nameAnswer(await recordRows(query, records, {}), directory));
}

/** The calls that are gone, then rows; where they are too many to be sent, history is to be asked again. */
function bounded(gone: readonly ChangedCall[], rows: Answer): Answer[] {
  const frames = [goneCalls(gone.map(({ id }) => id)), rows].flatMap(splitRows);
  return frames.length > mostFrames ? [renewal] : frames;
}
