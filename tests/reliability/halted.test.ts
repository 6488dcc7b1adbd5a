import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DataSource } from '../../tools/plugin-host/data-source';
import { rowsOf } from '../../tools/plugin-host/rows-of';
import { startPlugin, type HostedPlugin } from '../../tools/plugin-host/start-plugin';
import { storeFile } from '../support/store-file';
import { eventually } from './eventually';
import { startFeeder, type Feeder } from './start-feeder';
import { storedRecords } from './stored-records';

/** Longer than a PBX may be silent before it counts as down (`server-liveness`), and a Ping of WebSocket unanswered. */
const haltMs = 55_000;
/** TCP doubles its pauses: what waits on the other side may need as long again. Seconds. */
const patience = 120;

let folder: string;
let feeder: Feeder;
let plugin: HostedPlugin;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'plugin-'));
  feeder = await startFeeder({ callsPerSecond: 25, othersPerSecond: 100, resend: 0 });
  plugin = await startPlugin({ dataPath: folder });
});
afterEach(async () => {
  await plugin.stop();
  await feeder.stop();
  await rm(folder, { recursive: true, force: true });
});

test('a process that was halted for longer than a PBX may be silent reads what waited: no record is lost, and no gap told', async () => {
  const dataSource: DataSource = { uid: 'cdr', name: 'CDR', jsonData: { amiwsUrl: feeder.url }, updated: 1 };
  const health = () => plugin.client.checkHealth(dataSource);
  await eventually(health, ({ details }) => Number(details?.records) > 100);
  const before = await feeder.report();
  process.kill(plugin.pid, 'SIGSTOP');
  await sleep(haltMs);
  const { records: halted, buffered } = await feeder.report();
  process.kill(plugin.pid, 'SIGCONT');
  await eventually(health, ({ details }) => Number(details?.records) > halted, patience);
  const sent = await feeder.pause();
  const { details } = await eventually(health, (found) => found.details?.records === sent.records);
  expect(details).toMatchObject({ records: sent.records, frames: { dropped: 0 } });
  expect(halted - before.records).toBeGreaterThan(1_000);
  const range = { from: Date.now() - 3_600_000, to: Date.now() + 60_000, intervalMs: 60_000, maxDataPoints: 100 };
  const asked = { refId: 'A', queryType: '', json: { queryType: 'annotations' }, ...range };
  const answer = (await plugin.client.queryData(dataSource, [asked])).get('A')!;
  expect(rowsOf(answer.frames[0]!)).toEqual([]);
  await plugin.stop();
  const stored = await storedRecords(storeFile(folder));
  console.log(
    `Halted for ${haltMs / 1000} s: ${sent.records} records sent, ${stored.size} stored, ${buffered} bytes waited`
  );
  expect([stored.size, Math.max(...stored.values())]).toEqual([sent.records, 1]);
}, 300_000);
