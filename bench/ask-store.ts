import { answerQuery } from '../src/answers/answer-query';
import { parseQuery } from '../src/query/parse-query';
import { openDuckDbStore } from '../src/store/duckdb/open-duckdb-store';
import { defaultDerivation } from '../tests/support/cdr-builders';
import { answerSource } from './answer-source';
import type { Figures } from './agreement';
import { medianMilliseconds } from './median';
import { questions } from './questions';
import { residentBytes } from './resident-bytes';
import { year } from './year';

export interface AskedStore {
  records: number;
  /** Median milliseconds and answer of each question. */
  answers: Array<{ ms: number; figures: Figures }>;
  /** What the process holds after all of them, and held at most. */
  memory: { after: number; most: number };
}

/** Asks the store in a file, as panels do. */
export async function run({ file }: { file: string }): Promise<AskedStore> {
  const store = await openDuckDbStore(file, defaultDerivation);
  // By then the calls that are kept at hand are read, which a start does beside the first questions.
  await store.add({ records: [], events: [] });
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
