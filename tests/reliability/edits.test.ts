import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { SavedSettings } from '../../src/settings/settings';
import type { DataSource } from '../../tools/plugin-host/data-source';
import { rowsOf } from '../../tools/plugin-host/rows-of';
import { startPlugin, type HostedPlugin } from '../../tools/plugin-host/start-plugin';
import { storeFile } from '../support/store-file';
import { eventually } from './eventually';
import { startFeeder, type Feeder } from './start-feeder';
import { storedRecords } from './stored-records';

/** RELIABILITY_EDITS=200 is the long form. */
const saves = Number(process.env.RELIABILITY_EDITS ?? 12);
const recordsPerSecond = 50;
/** Milliseconds between two saves. */
const pauseMs = 300;

let folder: string;
let feeder: Feeder;
let plugin: HostedPlugin;
let database: Server;
let sockets: Socket[];
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'plugin-'));
  feeder = await startFeeder({ callsPerSecond: recordsPerSecond / 2, othersPerSecond: 100, resend: 0 });
  plugin = await startPlugin({ dataPath: folder });
  // It accepts connections and says nothing, as behind a firewall.
  sockets = [];
  database = createServer((socket) => sockets.push(socket.on('error', () => undefined))).listen(0, '127.0.0.1');
  await once(database, 'listening');
});
afterEach(async () => {
  await plugin.stop();
  await feeder.stop();
  sockets.forEach((socket) => socket.destroy());
  database.close();
  await rm(folder, { recursive: true, force: true });
});

/** What one save after the other changes: figures, rules, the connection, an import whose database hangs, retention. */
function edits(): Array<Partial<SavedSettings>> {
  const { port } = database.address() as AddressInfo;
  const hanging = { server: 'pbx-east', type: 'mysql' as const, host: '127.0.0.1', port, user: 'reader' };
  return [
    { serviceLevelThreshold: 30 },
    { imports: [hanging] },
    { externalChannels: ['^PJSIP/trunk-'] },
    { tlsSkipVerify: true },
    { retentionDays: 100 },
    { imports: [{ ...hanging, table: 'other' }] },
    { serverTimeZones: { 'pbx-east': 'UTC' } },
    { tlsSkipVerify: false },
    { externalChannels: ['^PJSIP/trunk-', '^SIP/'] },
    { maskNumbersFor: 'viewers' },
  ];
}

async function ask(dataSource: DataSource, json: object) {
  const range = { from: Date.now() - 3_600_000, to: Date.now() + 60_000, intervalMs: 60_000, maxDataPoints: 100 };
  return (await plugin.client.queryData(dataSource, [{ refId: 'A', queryType: '', json, ...range }])).get('A')!;
}

test(
  `${saves} saves of settings at ${recordsPerSecond} records a second lose none: each that was sent is stored`,
  async () => {
    let settings: SavedSettings = { amiwsUrl: feeder.url, timeZone: 'UTC' };
    let dataSource: DataSource = { uid: 'cdr', name: 'CDR', jsonData: settings, updated: 1 };
    await plugin.client.checkHealth(dataSource);
    for (let save = 0; save < saves; save++) {
      const before = dataSource;
      settings = { ...settings, ...edits()[save % edits().length] };
      dataSource = { ...dataSource, jsonData: settings, updated: save + 2 };
      const saved = plugin.client.checkHealth(dataSource);
      // Grafana's proxy hands over the settings with one key more, and for some seconds also those of before.
      await ask({ ...dataSource, jsonData: { ...settings, keepCookies: [] } }, { queryType: 'calls', limit: 10 });
      await ask(before, { queryType: 'calls', limit: 10 });
      if (settings.imports) {
        const body = new TextEncoder().encode(JSON.stringify({ import: 0 }));
        await plugin.client.callResource(dataSource, { method: 'POST', url: 'import', body }).catch(() => undefined);
      }
      await saved;
      await sleep(pauseMs);
    }
    const sent = await feeder.pause();
    const health = await eventually(
      () => plugin.client.checkHealth(dataSource),
      ({ details }) => details?.records === sent.records,
      60
    );
    const gaps = rowsOf((await ask(dataSource, { queryType: 'annotations' })).frames[0]!);
    await plugin.stop();
    const stored = await storedRecords(storeFile(folder));
    console.log(`${saves} saves: ${sent.records} records sent, ${stored.size} stored, ${gaps.length} gaps or restarts`);
    expect(health.details).toMatchObject({ records: sent.records, frames: { dropped: 0 } });
    expect(stored.size).toBe(sent.records);
    expect([...stored.values()].every((times) => times === 1)).toBe(true);
    expect(gaps).toEqual([]);
  },
  120_000 + saves * 5_000
);
