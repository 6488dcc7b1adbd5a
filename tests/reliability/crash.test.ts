import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DataSource } from '../../tools/plugin-host/data-source';
import { startPlugin } from '../../tools/plugin-host/start-plugin';
import { eventually } from './eventually';
import { seeLive } from './seen-live';
import { startFeeder, type Feeder } from './start-feeder';
import { storedRecords } from './stored-records';
import { storeFile } from '../support/store-file';

/** RELIABILITY_KILLS=200 is the long form. */
const kills = Number(process.env.RELIABILITY_KILLS ?? 15);
/** How long at most a process lives, milliseconds from its handshake. */
const longestLife = 2_000;

let folder: string;
let feeder: Feeder;
let dataSource: DataSource;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'plugin-'));
  feeder = await startFeeder({ callsPerSecond: 200, othersPerSecond: 1_000, resend: 500 });
  dataSource = { uid: 'cdr', name: 'CDR', jsonData: { amiwsUrl: feeder.url }, updated: 1 };
});
afterEach(async () => {
  await feeder.stop();
  await rm(folder, { recursive: true, force: true });
});

/**
 * A record is acknowledged once it was shown: in the answer with which a live channel begins or on the channel itself.
 * Both show only what is stored.
 */
test(
  `${kills} kills at random moments among 200 calls a second lose nothing that was shown, double nothing, and leave a file that opens`,
  async () => {
    const seen = new Set<string>();
    const file = storeFile(folder);
    let unopened = 0;
    for (let kill = 0; kill < kills; kill++) {
      const plugin = await startPlugin({ dataPath: folder });
      const live = seeLive(plugin.client, dataSource, seen);
      await sleep(Math.random() * longestLife);
      await plugin.kill();
      live.unsubscribe();
      unopened += plugin.logs.filter((line) => line.includes("can't be opened")).length;
    }
    const plugin = await startPlugin({ dataPath: folder });
    const live = seeLive(plugin.client, dataSource, seen);
    const health = await eventually(
      () => plugin.client.checkHealth(dataSource),
      ({ status }) => status === 'ok'
    );
    expect(health).toMatchObject({ status: 'ok' });
    await sleep(1_000);
    await plugin.stop();
    live.unsubscribe();
    const { records } = await feeder.report();
    const stored = await storedRecords(file);
    const lost = [...seen].filter((record) => !stored.has(record));
    const doubled = [...stored].filter(([, times]) => times !== 1);
    console.log(
      `${kills} kills: ${records} records sent, ${seen.size} shown, ${stored.size} stored; ` +
        `${lost.length} shown and lost, ${doubled.length} stored twice, ${unopened} times the file did not open`
    );
    expect({ lost, doubled, unopened }).toEqual({ lost: [], doubled: [], unopened: 0 });
    expect(seen.size).toBeGreaterThan(kills);
  },
  60_000 + kills * 15_000
);
