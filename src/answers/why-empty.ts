import type { AnswerMeta, TimeRange } from './answer';
import type { AnswerStore, RowSelection } from './answer-store';
import type { CdrQuery } from '../query/model';
import { utcText } from '../query/utc-text';

type Records = Pick<AnswerStore, 'selectRecords'>;
type Order = RowSelection['sortOrder'];

/** All time. Epoch milliseconds. */
const ever = { from: 0, to: Number.MAX_SAFE_INTEGER };

/** Why an answer has no rows, and what to do next. */
export async function whyEmpty(
  store: Records,
  query: CdrQuery,
  range: Pick<TimeRange, 'from' | 'to'>
): Promise<NonNullable<AnswerMeta['notices']>> {
  return [{ severity: 'info', text: await textOf(store, query, range) }];
}

async function textOf(store: Records, query: CdrQuery, range: Pick<TimeRange, 'from' | 'to'>): Promise<string> {
  if ((await startOf(store, range, 'asc')) !== null) {
    return query.offset > 0
      ? `Nothing comes after the first ${query.offset} rows: lower the offset.`
      : 'There are calls in this time range, but none that passes the filters. Take filters away, or check how values are ' +
          'written: the editor suggests those in use.';
  }
  const first = await startOf(store, ever, 'asc');
  if (first === null) {
    return (
      'No call has been stored yet. Make a test call; the check list on the data source’s configuration page tells what ' +
      'is missing.'
    );
  }
  if (range.to <= first) {
    return `History begins ${utcText(first, 'minutes')}. Choose a later time range, or import what the PBX kept before.`;
  }
  const last = await startOf(store, ever, 'desc');
  return last !== null && range.from > last
    ? `The last call began ${utcText(last, 'minutes')}. Choose an earlier time range; where calls were made since, the check list on the ` +
        'data source’s configuration page tells what is missing.'
    : 'No call began in this time range. Choose a wider one.';
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
