import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { moveCommand } from '../../src/server/move-command';
import { keyOf } from '../../src/server/sources/known-instances';
import { openDuckDbStore } from '../../src/store/duckdb/open-duckdb-store';
import { storeFile } from '../../src/store/duckdb/open-store';
import { openPostgresStore } from '../../src/store/postgres/open-postgres-store';
import { schemaName } from '../../src/store/postgres/schema-name';
import type { Store } from '../../src/store/store';
import { all, allRowsOf } from '../store-suite/open-store';
import { captureParts } from '../support/capture-parts';
import { cdrRecord, defaultDerivation, noon } from '../support/cdr-builders';
import { startStoreServer, type StoreServer } from '../support/store-server';
import { storeOn } from '../support/store-in-postgres';

const key = keyOf(1, 'cdr');
let server: StoreServer;
let folder: string;
let settings: string;
/** What is done once the command has printed a line. */
let onLine: (line: string) => void;
beforeAll(async () => {
  server = await startStoreServer(['synchronous_commit=off']);
});
afterAll(() => server.stop());
beforeEach(async () => {
  onLine = () => undefined;
  folder = await mkdtemp(path.join(tmpdir(), 'move-'));
  settings = path.join(folder, 'data-source.json');
  await writeFile(
    settings,
    JSON.stringify({ orgId: 1, uid: 'cdr', jsonData: { store: storeOn(server, { citus: server.citus }).store } })
  );
});
afterEach(async () => {
  await server.run(`DROP SCHEMA IF EXISTS ${schemaName(key)} CASCADE`);
  await rm(folder, { recursive: true });
});

const openFile = (file = storeFile(folder, key)) => openDuckDbStore(file, defaultDerivation, { recentCalls: 0 });
const openPostgres = () =>
  openPostgresStore(server.pool(), defaultDerivation, { schema: schemaName(key), citus: server.citus });
async function within<T>(store: Promise<Store>, task: (store: Store) => Promise<T>): Promise<T> {
  const opened = await store;
  return task(opened).finally(() => opened.close());
}
async function run(...args: string[]) {
  const lines: string[] = [];
  const env = { STORE_PASSWORD: server.address.password as string };
  const code = await moveCommand(['--settings', settings, ...args], folder, env, (line) => {
    lines.push(line);
    onLine(line);
  });
  return { code, text: lines.join('\n') };
}

test('stored calls are moved from a file into PostgreSQL and back, with the figures of each day', async () => {
  const parts = captureParts();
  const before = await within(openFile(), async (store) => {
    await store.deriveAgain(() => undefined);
    await store.add(parts);
    return allRowsOf(store);
  });
  expect(await run()).toEqual({ code: 0, text: expect.stringContaining('the figures of each day are the same') });
  expect(await within(openPostgres(), allRowsOf)).toEqual(before);
  const back = path.join(folder, 'back.duckdb');
  expect(await run('--back', '--file', back)).toMatchObject({ code: 0 });
  expect(await within(openFile(back), allRowsOf)).toEqual(before);
});

test('a data source that is on PostgreSQL already gets its history besides what it heard since', async () => {
  const parts = captureParts();
  await within(openFile(), (store) => store.add(parts));
  const since = cdrRecord({ server: 'pbx-east', startTime: noon + 86_400_000 });
  const listening = await openPostgres();
  await listening.add({ records: [since, ...parts.records.slice(-5)], events: [] });
  expect(await run()).toMatchObject({ code: 0 });
  expect((await listening.selectRecords(all)).rows).toHaveLength(parts.records.length + 1);
  await listening.close();
});

test('a move whose connections break is whole once it is run again, there and back', async () => {
  const calls = 3_500;
  const records = Array.from({ length: calls }, (_, n) => {
    const id = `${noon / 1000 + n}.1`;
    return cdrRecord({ uniqueId: id, linkedId: id, startTime: noon + n * 1000 });
  });
  await within(openFile(), async (store) => {
    await store.deriveAgain(() => undefined);
    await store.add({ records, events: [] });
  });
  const terminate =
    'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname IS NOT NULL';
  const back = path.join(folder, 'back.duckdb');
  for (const args of [[], ['--back', '--file', back]]) {
    onLine = (line) => void (line.startsWith('0 of') && server.run(terminate));
    // A statement under way fails; a connection that waits is replaced.
    await run(...args).catch(() => undefined);
    onLine = () => undefined;
    expect(await run(...args)).toEqual({
      code: 0,
      text: expect.stringContaining('the figures of each day are the same'),
    });
  }
  expect((await within(openFile(back), (store) => store.counts())).records).toBe(calls);
});

test('figures that differ at the end are listed with their day, and make the exit code 1', async () => {
  await within(openFile(), async (store) => {
    await store.deriveAgain(() => undefined);
    await store.add({ records: [cdrRecord()], events: [] });
  });
  expect(await run()).toMatchObject({ code: 0, text: expect.stringContaining('1 of 1 calls') });
  await server.run(`UPDATE ${schemaName(key)}.call SET talk_time = talk_time + 7`);
  const { code, text } = await run();
  expect(code).toBe(1);
  const day = new Date(noon).toISOString().slice(0, 10);
  expect(text).toMatch(new RegExp(`^${day} pbx: \\w+ \\d+ there, \\d+ here$`, 'm'));
  expect(text).toMatch(/\d+ figures differ\. Run the command again/);
});

test('a file that is not there is named, and nothing is made', async () => {
  await expect(run('--file', path.join(folder, 'other.duckdb'))).rejects.toThrow('other.duckdb');
  expect(await server.run("SELECT 1 FROM pg_namespace WHERE nspname LIKE 'cdr%'")).toEqual([]);
});

test('what lacks in the command is said with its usage', async () => {
  const lines: string[] = [];
  expect(await moveCommand([], folder, {}, (line) => lines.push(line))).toBe(2);
  expect(lines.join('\n')).toContain('Usage: move-store --settings FILE');
});
