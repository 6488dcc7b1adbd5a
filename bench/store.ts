import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseQuery } from '../src/query/parse-query';
import { answerQuery } from '../src/query/answer-query';
import { DuckDbStore } from '../src/store/duckdb/duckdb-store';
import { cdrRecord, defaultDerivation, noon } from '../tests/support/cdr-builders';
import { medianOf, millisecondsOf } from './median';

const batches = 20;
const batchSize = 10_000;
const day = 86_400_000;

const questions: Record<string, object> = {
  'answer rate per hour, 30 days': {
    queryType: 'statistics',
    metrics: ['answerRate'],
    format: 'timeseries',
    interval: '1h',
  },
  'agents, 30 days': { queryType: 'statistics', metrics: ['callsHandled', 'averageHandleTime'], groupBy: ['agent'] },
  'last 100 records': { queryType: 'records', limit: 100 },
};

/** Durable ingest, and the questions people ask, in a store of 200,000 records of 30 days. */
export async function benchStore(): Promise<Record<string, string>> {
  const folder = await mkdtemp(path.join(tmpdir(), 'amiws-cdr-bench-'));
  const store = await DuckDbStore.open(path.join(folder, 'bench.duckdb'), defaultDerivation);
  try {
    const from = noon - 30 * day;
    const times: number[] = [];
    for (let batch = 0; batch < batches; batch++) {
      const records = Array.from({ length: batchSize }, (_, n) => recordOf(batch * batchSize + n, from));
      times.push(await millisecondsOf(() => store.add({ records, events: [] })));
    }
    const median = times.sort((a, b) => a - b)[batches / 2]!;
    const table: Record<string, string> = {
      [`ingest in batches of ${batchSize}, records/s`]: Math.round((batchSize * 1000) / median).toLocaleString('en'),
    };
    const source = {
      store,
      defaults: { serviceLevelThreshold: 20, timeZone: '', pbxOffset: 0 },
      queuesNow: () => [],
      serversNow: () => [],
      gaps: async () => [],
    };
    for (const [name, json] of Object.entries(questions)) {
      const query = parseQuery(json);
      const ms = await medianOf(7, () =>
        millisecondsOf(() => answerQuery(source, query, { from, to: noon + day, intervalMs: 60_000 }))
      );
      table[`${name}, ms`] = ms.toFixed(1);
    }
    return table;
  } finally {
    await store.close();
    await rm(folder, { recursive: true, force: true });
  }
}

function recordOf(n: number, from: number) {
  const startTime = from + Math.floor((n * 30 * day) / (batches * batchSize) / 1000) * 1000;
  const uniqueId = `${startTime / 1000}.${n}`;
  const agent = String(1000 + (n % 80));
  return cdrRecord({
    uniqueId,
    linkedId: uniqueId,
    startTime,
    answerTime: startTime + 2000,
    endTime: startTime + 10_000,
    destinationChannel: `PJSIP/${agent}-00000002`,
    agent,
    disposition: n % 5 === 0 ? 'NO ANSWER' : 'ANSWERED',
    server: n % 2 === 0 ? 'pbx-east' : 'pbx-west',
  });
}
