import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ImportProgress } from '../../src/setup/import-progress';
import type { DataSource } from '../../tools/plugin-host/data-source';
import { rowsOf } from '../../tools/plugin-host/rows-of';
import { startPlugin, type HostedPlugin } from '../../tools/plugin-host/start-plugin';
import { eventually } from '../reliability/eventually';
import { selfSignedCertificate } from '../self-signed-certificate';
import { cdrFrame } from '../support/cdr-frame';
import { startFakeAmiws, type FakeAmiws } from '../support/fake-amiws';
import { freepbx } from './cdr-rows';
import { reader, startMariadb, type TestDatabase } from './databases';
import { callAt, createTable, insert } from './fill-table';

const hour = 3_600_000;
/** Seconds until what does not happen never will. */
const patience = 150;
const certificate = selfSignedCertificate();
/** Digits of the clock that tables keep. */
const seconds = (time: number) => Math.floor(time / 1000) * 1000;

let database: TestDatabase;
let amiws: FakeAmiws;
let plugin: HostedPlugin;
let folder: string;
let dataSource: DataSource;
beforeAll(async () => {
  database = await startMariadb(certificate);
  await createTable(database, 'cdr', freepbx);
  amiws = await startFakeAmiws(['pbx-east']);
  folder = await mkdtemp(path.join(tmpdir(), 'import-'));
  plugin = await startPlugin({ dataPath: folder });
  const { user, password } = reader;
  dataSource = {
    uid: 'cdr',
    name: 'CDR',
    jsonData: {
      amiwsUrl: amiws.url,
      timeZone: 'UTC',
      imports: [null, { server: 'pbx-east', host: '127.0.0.1', port: database.port, user, tls: true }],
    },
    secureJsonData: { importPassword1: password, importCACert1: certificate.cert },
    updated: 1,
  };
}, 180_000);
afterAll(async () => {
  await plugin.stop();
  await amiws.close();
  await database.stop();
  await rm(folder, { recursive: true, force: true });
});

async function ids(): Promise<unknown[]> {
  const range = { from: Date.now() - 48 * hour, to: Date.now() + hour, intervalMs: 60_000, maxDataPoints: 100 };
  const query = { refId: 'A', queryType: '', json: { queryType: 'records', sortOrder: 'asc' }, ...range };
  const { frames } = (await plugin.client.queryData(dataSource, [query])).get('A')!;
  return rowsOf(frames[0]!).map(({ uniqueId }) => uniqueId);
}

async function resource(url: string, body?: object, role: 'Admin' | 'Editor' = 'Admin') {
  const call = { url, method: body ? 'POST' : 'GET', body: Buffer.from(body ? JSON.stringify(body) : '') };
  const answer = await plugin.client.callResource({ ...dataSource, askedBy: { login: 'a', role } }, call);
  return { status: answer.status, body: JSON.parse(answer.body.toString()) as unknown };
}

const progress = async () => ((await resource('status')).body as { imports: [null, ImportProgress] }).imports[1];

it('imports history over TLS for an Admin, who is told how it goes', async () => {
  const rows = [1, 2, 3].map((n) => callAt(seconds(Date.now()) - n * hour, n));
  await insert(database, 'cdr', freepbx, rows);
  expect(await resource('import', { import: 1 }, 'Editor')).toMatchObject({ status: 403 });
  expect(await resource('import', { import: 0 })).toMatchObject({ status: 400 });
  expect(await ids()).toEqual([]);
  expect(await resource('import', { import: 1 })).toMatchObject({ status: 200 });
  expect(await eventually(progress, ({ state }) => state === 'done', patience)).toMatchObject({
    done: 3,
    added: 3,
    error: null,
  });
  expect(await ids()).toEqual(rows.map(({ UniqueID }) => UniqueID).reverse());
  const told = JSON.stringify(await resource('status')) + plugin.logs.join();
  expect([reader.password, 'BEGIN CERTIFICATE'].filter((secret) => told.includes(secret))).toEqual([]);
});

it('reads by itself what it missed while it was away', async () => {
  amiws.send(cdrFrame());
  await eventually(ids, ({ length }) => length === 4, patience);
  await plugin.stop();
  const missed = callAt(seconds(Date.now()), 9);
  await insert(database, 'cdr', freepbx, [missed]);
  await sleep(3000);
  plugin = await startPlugin({ dataPath: folder });
  expect(await eventually(ids, ({ length }) => length === 5, patience)).toContain(missed.UniqueID);
}, 180_000);
