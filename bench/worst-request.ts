import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DuckDBInstance } from '@duckdb/node-api';
import { storeName } from '../src/store/store-name';
import { noon } from '../tests/support/cdr-builders';
import { startFakeAmiws } from '../tests/support/fake-amiws';
import { fillStore } from '../tests/support/fill-store';
import type { DataSource } from '../tools/plugin-host/data-source';
import { startPlugin, type HostedPlugin } from '../tools/plugin-host/start-plugin';
import { apart } from './apart';
import { startBenchPostgres } from './bench-postgres';
import { formatCount, formatMb, formatMs } from './format';
import { loadPostgres } from './load-postgres';
import { orLeftOut } from './or-left-out';
import { residentBytes } from './resident-bytes';
import type { BenchOptions, Result, Row } from './row';
import type { PostgresPlace } from './store-place';

const hour = 3_600_000;
const many = <T>(count: number, entry: T): T[] => new Array<T>(count).fill(entry);
const rows = { queryType: 'records', limit: 100_000 };
const statistics = { queryType: 'statistics', metrics: ['totalCalls', 'answerRate', 'averageTalkTime'] };
const filter = (condition: object) => ({ ...rows, filters: { conditions: many(20, condition) } });

/** The queries of one request each: the worst that the bounds let through, and those that they refuse. */
const requests: Readonly<Record<string, object[]>> = {
  '100,000 records': [rows],
  '100,000 records as lines of a log': [{ ...rows, format: 'logs' }],
  '40 times 100,000 records': many(40, rows),
  'a series for each call': [
    { ...statistics, groupBy: ['custom.recordingfile'], format: 'timeseries', interval: '1m' },
  ],
  'a row for each call': [{ ...statistics, groupBy: ['custom.recordingfile'], format: 'table' }],
  'three groups, a minute each': [
    { ...statistics, groupBy: ['agent', 'server', 'disposition'], format: 'timeseries', interval: '1m' },
  ],
  '20 patterns': [filter({ field: 'accountCode', operator: '!~', values: ['(.*x.*y.*){10}'] })],
  '4,000 agents asked for': [{ ...rows, filters: { agent: Array.from({ length: 4_000 }, (_, n) => `a${n}`) } }],
  '100 figures by hour of day': many(100, { ...statistics, groupBy: ['hourOfDay', 'agent'], format: 'table' }),
};

/** What the worst requests of a Viewer who may not see numbers take: time, memory, and what others wait meanwhile. */
export async function run({ folder, records = 300_000 }: BenchOptions): Promise<Result> {
  const dataPath = path.join(folder, 'worst');
  await mkdir(dataPath);
  const file = path.join(dataPath, `${storeName('1-cdr')}.duckdb`);
  await fill(file, records);
  const notes = [`worst: of a store with ${formatCount(records)} records and calls.`];
  const server = await orLeftOut('PostgreSQL', startBenchPostgres, notes);
  const amiws = await startFakeAmiws(['pbx-east']);
  const viewer: DataSource = {
    uid: 'cdr',
    name: 'CDR',
    jsonData: { amiwsUrl: amiws.url, maskNumbersFor: 'viewers', retentionDays: 0 },
    updated: 1,
    askedBy: { login: 'ann', role: 'Viewer' },
  };
  try {
    const found = await askAll('', dataPath, viewer, records);
    if (server) {
      const place = await loadPostgres(server.address, folder, file);
      found.push(...(await askAll('in PostgreSQL, ', dataPath, inPostgres(viewer, place), records)));
    }
    return { rows: found, notes };
  } finally {
    await amiws.close();
    await server?.stop();
  }
}

/** Every request, each to a plugin of its own. */
async function askAll(where: string, dataPath: string, viewer: DataSource, records: number): Promise<Row[]> {
  const found: Row[] = [];
  for (const [what, queries] of Object.entries(requests)) {
    const plugin = await startPlugin({ dataPath });
    const othersWait = apart<number>('others-wait', { address: plugin.address });
    const { tookMs, refused, before, most } = await ask(plugin, viewer, queries, records).finally(plugin.stop);
    found.push({
      what: `${where}${what}${refused > 0 ? ` (${refused} of ${queries.length} refused)` : ''}`,
      ours: `${formatMs(tookMs)}, ${formatMb(most)} (${formatMb(before)} before), others wait ${formatMs(await othersWait)} at most`,
    });
  }
  return found;
}

function inPostgres(viewer: DataSource, { address, schema }: PostgresPlace): DataSource {
  const { host, port, database, user, password } = address;
  const store = { type: 'postgres', host, port, database, user, schema, tls: 'off' };
  return {
    ...viewer,
    jsonData: { ...viewer.jsonData, store },
    secureJsonData: { storePassword: String(password) },
  };
}

/** Asks as a Viewer; gives the time it took and the most memory meanwhile, in bytes. */
async function ask({ client, pid }: HostedPlugin, viewer: DataSource, queries: readonly object[], records: number) {
  await client.checkHealth(viewer);
  await sleep(2_000);
  const before = residentBytes(pid);
  let most = before;
  const watching = setInterval(() => (most = Math.max(most, residentBytes(pid))), 20);
  const begun = performance.now();
  const answers = await client
    .queryData(
      viewer,
      queries.map((json, n) => ({
        refId: `Q${n}`,
        queryType: '',
        json,
        from: noon - hour,
        to: noon + Math.ceil(records / 3) * 1000 + hour,
        intervalMs: 60_000,
        maxDataPoints: 1_000,
      }))
    )
    .finally(() => clearInterval(watching));
  const refused = [...answers.values()].filter(({ error }) => error).length;
  return { tookMs: performance.now() - begun, refused, before, most };
}

/** A store whose calls each have a recording of their own, as FreePBX's do. */
async function fill(file: string, records: number): Promise<void> {
  await fillStore(file, records);
  const instance = await DuckDBInstance.create(file);
  const connection = await instance.connect();
  for (const table of ['record', 'call']) {
    await connection.run(`UPDATE "${table}" SET custom = '{"recordingfile":"out-' || linked_id || '.wav"}'`);
  }
  connection.closeSync();
  instance.closeSync();
}
