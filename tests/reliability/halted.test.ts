import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DataSource } from '../../tools/plugin-host/data-source';
import { rowsOf } from '../../tools/plugin-host/rows-of';
import { startPlugin, type HostedPlugin } from '../../tools/plugin-host/start-plugin';
import { cdrFrame } from '../support/cdr-frame';
import { startFakeAmiws, type FakeAmiws } from '../support/fake-amiws';
import { storeFile } from '../support/store-file';
import { eventually } from './eventually';
import { storedRecords } from './stored-records';

/** Longer than a PBX may be silent before it counts as down (`server-liveness`). */
const haltMs = 55_000;
/** What waits on the other side may need as long again. Seconds. */
const patience = 120;
const recordsPerSecond = 50;

let folder: string;
let amiws: FakeAmiws;
let plugin: HostedPlugin;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'plugin-'));
  // The second one does nothing but answer Pings, of which a halted process sends none.
  amiws = await startFakeAmiws(['pbx-east', 'pbx-quiet']);
  plugin = await startPlugin({ dataPath: folder });
});
afterEach(async () => {
  await plugin.stop();
  await amiws.close();
  await rm(folder, { recursive: true, force: true });
});

test('a process that was halted for longer than a PBX may be silent reads what waited: no record is lost, and no gap told', async () => {
  const dataSource: DataSource = { uid: 'cdr', name: 'CDR', jsonData: { amiwsUrl: amiws.url }, updated: 1 };
  const health = () => plugin.client.checkHealth(dataSource);
  await health();
  await amiws.connected();
  let sent = 0;
  const sending = setInterval(() => {
    amiws.send(cdrFrame());
    sent++;
  }, 1000 / recordsPerSecond);
  try {
    await eventually(health, ({ details }) => Number(details?.records) > 100);
    process.kill(plugin.pid, 'SIGSTOP');
    await sleep(haltMs);
  } finally {
    process.kill(plugin.pid, 'SIGCONT');
  }
  // A PBX that counts as down is heard again with its next answer.
  const halted = sent;
  await eventually(health, ({ details }) => Number(details?.records) > halted, patience);
  clearInterval(sending);
  const { details } = await eventually(health, (found) => found.details?.records === sent);
  expect(details).toMatchObject({ records: sent, frames: { dropped: 0 } });
  const range = { from: Date.now() - 3_600_000, to: Date.now() + 60_000, intervalMs: 60_000, maxDataPoints: 100 };
  const asked = { refId: 'A', queryType: '', json: { queryType: 'annotations' }, ...range };
  const answer = (await plugin.client.queryData(dataSource, [asked])).get('A')!;
  expect(rowsOf(answer.frames[0]!)).toEqual([]);
  await plugin.stop();
  const stored = await storedRecords(storeFile(folder));
  console.log(`Halted for ${haltMs / 1000} s: ${sent} records sent, ${halted} by the end of it, ${stored.size} stored`);
  expect([stored.size, Math.max(...stored.values())]).toEqual([sent, 1]);
}, 300_000);
