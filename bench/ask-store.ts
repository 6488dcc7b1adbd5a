import { answerQuery } from '../src/answers/answer-query';
import { parseQuery } from '../src/query/parse-query';
import { answerSource } from '../tests/support/answer-source';
import type { Figures } from './agreement';
import { medianMilliseconds } from './median';
import { questions } from './questions';
import { residentBytes } from './resident-bytes';
import { openAt, type StorePlace } from './store-place';
import { year } from './year';

export interface AskedStore {
  records: number;
  /** Median milliseconds and answer of each question. */
  answers: Array<{ ms: number; figures: Figures }>;
  /** What the process holds after all of them, and held at most. */
  memory: { after: number; most: number };
}

/** Asks a store as panels do. */
export async function run(place: StorePlace): Promise<AskedStore> {
  const store = await openAt(place);
  const source = answerSource(store);
  const answers: AskedStore['answers'] = [];
  for (const { query, span } of questions) {
    const range = { from: year.to - span, to: year.to, intervalMs: span / 1000 };
    const ask = () => answerQuery(source, parseQuery(query), range);
    const ms = await medianMilliseconds(ask);
    const { fields } = await ask();
    const figures = Object.fromEntries(
      fields.map(({ name, type, values }) => [name, type === 'time' ? values.map(isoTime) : values])
    );
    answers.push({ ms, figures: figures as Figures });
  }
  const memory = { after: residentBytes(process.pid), most: process.resourceUsage().maxRSS * 1024 };
  const { records } = await store.counts();
  await store.close();
  return { records, answers, memory };
}

function isoTime(value: unknown): string | null {
  return value === null ? null : new Date(Number(value)).toISOString();
}
