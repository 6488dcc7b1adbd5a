import { answerQuery } from '../src/answers/answer-query';
import { readBusinessHours } from '../src/cdr/business-hours';
import { parseQuery } from '../src/query/parse-query';
import { answerSource } from '../tests/support/answer-source';
import { figureQuestions, journeyOf } from './figure-questions';
import { medianMilliseconds } from './median';
import { openAt, type StorePlace } from './store-place';
import { day, year } from './year';

export interface AskedFigures {
  records: number;
  /** Median milliseconds of each question. */
  times: Array<{ title: string; ms: number }>;
}

const newest = { filters: {}, limit: 1, offset: 0, sortBy: 'startTime', sortOrder: 'desc' } as const;
const businessHours = readBusinessHours(['Mon-Fri 08:00-12:00, 13:00-18:00', 'Sat 09:00-13:00'], ['12-24 to 01-01']);

/** Asks a store for figures of a year, as panels do. */
export async function run(place: StorePlace): Promise<AskedFigures> {
  const store = await openAt(place);
  const { records } = await store.counts();
  const source = answerSource(store);
  const asked = { ...source, defaults: { ...source.defaults, businessHours } };
  const rangeOf = (days = Infinity) => ({
    from: Math.max(year.from, year.to - days * day),
    to: year.to,
    intervalMs: 3_600_000,
  });
  const { rows } = await store.selectCalls({ ...rangeOf(1), ...newest });
  const times: AskedFigures['times'] = [];
  for (const { title, query, days } of [...figureQuestions, journeyOf(rows[0]!.linkedId)]) {
    const ms = await medianMilliseconds(() => answerQuery(asked, parseQuery(query), rangeOf(days)));
    times.push({ title, ms });
  }
  await store.close();
  return { records, times };
}
