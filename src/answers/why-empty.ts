import type { TimeRange } from './answer';
import type { AnswerStore, RowSelection } from './answer-store';
import type { CdrQuery } from '../query/model';
import { utcText } from '../query/utc-text';
import { sentence, type Sentence } from '../sentences/sentence';
import { notice, type Notice } from './notice';

type Records = Pick<AnswerStore, 'selectRecords'>;
type Order = RowSelection['sortOrder'];

/** All time. Epoch milliseconds. */
const ever = { from: 0, to: Number.MAX_SAFE_INTEGER };

/** Why an answer has no rows, and what to do next. */
export async function whyEmpty(
  store: Records,
  query: CdrQuery,
  range: Pick<TimeRange, 'from' | 'to'>
): Promise<Notice[]> {
  return [notice('info', await reasonOf(store, query, range))];
}

async function reasonOf(store: Records, query: CdrQuery, range: Pick<TimeRange, 'from' | 'to'>): Promise<Sentence> {
  if ((await startOf(store, range, 'asc')) !== null) {
    return query.offset > 0
      ? sentence('notice.empty.offset', { count: query.offset })
      : sentence('notice.empty.filtered');
  }
  const first = await startOf(store, ever, 'asc');
  if (first === null) {
    return sentence('notice.empty.nothing-stored');
  }
  if (range.to <= first) {
    return sentence('notice.empty.too-early', { time: utcText(first, 'minutes') });
  }
  const last = await startOf(store, ever, 'desc');
  return last !== null && range.from > last
    ? sentence('notice.empty.too-late', { time: utcText(last, 'minutes') })
    : sentence('notice.empty.none');
}

/** When the first or last record of a range began. */
async function startOf(
  store: Records,
  { from, to }: Pick<TimeRange, 'from' | 'to'>,
  sortOrder: Order
): Promise<number | null> {
  const one = { from, to, filters: {}, limit: 1, offset: 0, sortBy: 'startTime' as const, sortOrder };
  const { rows } = await store.selectRecords(one);
  return rows[0]?.startTime ?? null;
}
