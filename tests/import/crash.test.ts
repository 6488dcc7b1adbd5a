import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ImportProgress } from '../../src/setup/import-progress';
import type { DataSource } from '../../tools/plugin-host/data-source';
import { startPlugin, type HostedPlugin } from '../../tools/plugin-host/start-plugin';
import { eventually } from '../reliability/eventually';
import { storedRecords } from '../reliability/stored-records';
import { freepbx } from './cdr-rows';
import { reader, startMariadb, type TestDatabase } from './databases';
import { callAt, createTable, insertMany } from './fill-table';
import { storeFile } from '../support/store-file';

const kills = 8;
/** About what is read between two kills, and one statement of the import. */
const stretch = 5_000;
const rows = Array.from({ length: (kills + 4) * stretch }, (_, n) =>
  callAt(Math.floor(Date.now() / 1000) * 1000 - (300 * 86_400 - Math.floor(n / 3)) * 1000, n)
);
/** A busy machine is slow: seconds until what does not move counts as hanging. */
const patience = 120;

let database: TestDatabase;
let folder: string;
let dataSource: DataSource;
let plugin: HostedPlugin;
beforeAll(async () => {
  database = await startMariadb();
  await createTable(database, 'cdr', freepbx);
  await insertMany(database, 'cdr', freepbx, rows);
  folder = await mkdtemp(path.join(tmpdir(), 'import-'));
  const { user, password } = reader;
  dataSource = {
    uid: 'cdr',
    name: 'CDR',
    jsonData: { timeZone: 'UTC', imports: [{ server: 'pbx-east', host: '127.0.0.1', port: database.port, user }] },
    secureJsonData: { importPassword0: password },
    updated: 1,
  };
}, 180_000);
afterAll(async () => {
  await plugin.kill();
  await database.stop();
  await rm(folder, { recursive: true, force: true });
});

async function resource(url: string, method: string, body = ''): Promise<unknown> {
  const answer = await plugin.client.callResource(dataSource, { url, method, body: Buffer.from(body) });
  return JSON.parse(answer.body.toString());
}

/** How the import fares, once that is so. */
function progress(isRight: (found: ImportProgress) => boolean): Promise<ImportProgress> {
  const look = async () => ((await resource('status', 'GET')) as { imports: [ImportProgress] }).imports[0];
  return eventually(look, isRight, patience);
}

test(
  `an import that is killed ${kills} times at random moments goes on where it was and brings each row once`,
  async () => {
    plugin = await startPlugin({ dataPath: folder });
    await resource('import', 'POST', JSON.stringify({ import: 0 }));
    const lives: Array<{ seen: number; wentOnAt: number; state: string }> = [];
    for (let kill = 0; kill < kills; kill++) {
      const moment = (kill + Math.random()) * stretch;
      const { done: seen } = await progress(({ done, error }) => done >= moment || error !== null);
      await sleep(Math.random() * 1_000);
      await plugin.kill();
      plugin = await startPlugin({ dataPath: folder });
      const { done: wentOnAt, state } = await progress((found) => found.state !== 'idle');
      lives.push({ seen, wentOnAt, state });
    }
    const last = await progress(({ state, error }) => state === 'done' || error !== null);
    await plugin.stop();
    console.log(
      `${rows.length} rows; seen before each kill and gone on at ${JSON.stringify(lives)}; ${last.added} of them counted`
    );
    // What was read twice would be counted twice, however often it is stored.
    expect(last).toMatchObject({ state: 'done', done: rows.length, total: rows.length, error: null });
    expect(lives.filter(({ seen, wentOnAt, state }) => wentOnAt < seen || state !== 'running')).toEqual([]);
    expect(await storedRecords(storeFile(folder))).toEqual(
      new Map(rows.map(({ UniqueID }) => [`pbx-east ${UniqueID}`, 1]))
    );
  },
  (kills + 1) * patience * 1000
);
