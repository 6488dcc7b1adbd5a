import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { recordKey } from '../../src/cdr/record-key';
import { openDuckDbStore } from '../../src/store/duckdb/open-duckdb-store';
import type { Store } from '../../src/store/store';
import type { DataSource } from '../../tools/plugin-host/data-source';
import { rowsOf } from '../../tools/plugin-host/rows-of';
import { startPlugin } from '../../tools/plugin-host/start-plugin';
import { defaultDerivation } from '../support/cdr-builders';
import { cdrFrame } from '../support/cdr-frame';
import { startFakeAmiws } from '../support/fake-amiws';
import { captureParts } from '../support/capture-parts';
import { eventually } from './eventually';
import { figuresOf } from './figures';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'two-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const allRecords = {
  from: 0,
  to: Date.UTC(2100, 0),
  filters: {},
  limit: 100_000,
  offset: 0,
  sortBy: 'startTime' as const,
  sortOrder: 'asc' as const,
};

/** Where a PBX adds no times to its events (`timestampevents`), a call was answered when the server heard so. */
const butAnswerTimes = (figures: unknown[]): unknown =>
  JSON.parse(JSON.stringify(figures, (name, value: unknown) => (name === 'answerTime' ? undefined : value)));

async function heard(name: string, late: number): Promise<Store> {
  const store = await openDuckDbStore(path.join(folder, name), defaultDerivation);
  await store.add(captureParts(late));
  return store;
}

test('two servers that hear the same PBXes, one of them later, know each record by the same key and have the same figures', async () => {
  const first = await heard('first.duckdb', 0);
  const second = await heard('second.duckdb', 40);
  const keys = async (store: Store) => (await store.selectRecords(allRecords)).rows.map(recordKey).sort();
  expect(await keys(first)).toEqual(await keys(second));
  expect(new Set(await keys(first)).size).toBe(62);
  expect(butAnswerTimes(await figuresOf(first))).toEqual(butAnswerTimes(await figuresOf(second)));
  await first.close();
  await second.close();
});

test('what both heard, in one store, is no more records than one has, and changes no figure', async () => {
  const first = await heard('first.duckdb', 0);
  const second = await heard('second.duckdb', 40);
  const before = await figuresOf(first);
  const { rows } = await second.selectRecords(allRecords);
  expect(await first.add({ records: rows, events: [] })).toEqual([]);
  expect(await first.counts()).toMatchObject({ records: 62, calls: 22 });
  expect(await figuresOf(first)).toEqual(before);
  // Their queue events differ in when they were heard.
  await first.add({ records: [], events: captureParts(40).events });
  expect(butAnswerTimes(await figuresOf(first))).toEqual(butAnswerTimes(before));
  await first.close();
  await second.close();
});

test('two built plugins with stores of their own on one amiws answer the same', async () => {
  const amiws = await startFakeAmiws(['pbx-east']);
  const dataSource: DataSource = { uid: 'cdr', name: 'CDR', jsonData: { amiwsUrl: amiws.url }, updated: 1 };
  const plugins = await Promise.all(['a', 'b'].map((name) => startPlugin({ dataPath: path.join(folder, name) })));
  await Promise.all(plugins.map(({ client }) => client.checkHealth(dataSource)));
  const frames = Array.from({ length: 50 }, (_, n) => cdrFrame({ Source: String(n) }));
  [...frames, ...frames].forEach((frame) => amiws.send(frame));
  const range = { from: Date.now() - 3_600_000, to: Date.now() + 3_600_000, intervalMs: 60_000, maxDataPoints: 100 };
  const keysOf = async ({ client }: (typeof plugins)[number]) => {
    const query = { refId: 'A', queryType: '', json: { queryType: 'records' }, ...range };
    const { frames: answered } = (await client.queryData(dataSource, [query])).get('A')!;
    return answered
      .flatMap(rowsOf)
      .map(({ server, uniqueId }) => `${String(server)} ${String(uniqueId)}`)
      .sort();
  };
  const found = await Promise.all(
    plugins.map((plugin) =>
      eventually(
        () => keysOf(plugin),
        (keys) => keys.length >= 50
      )
    )
  );
  expect(found[0]).toHaveLength(50);
  expect(new Set(found[0]).size).toBe(50);
  expect(found[1]).toEqual(found[0]);
  await Promise.all(plugins.map((plugin) => plugin.stop()));
  await amiws.close();
}, 60_000);
