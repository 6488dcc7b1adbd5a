import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { english } from '../../src/sentences/english';
import { checkHealth } from '../../src/server/ask/check-health';
import { setupSeen } from '../../src/server/ask/setup-seen';
import type { DataSource } from '../../src/server/sources/data-source';
import { DataSources } from '../../src/server/sources/data-sources';
import { PluginMetrics } from '../../src/server/plugin-metrics';
import type { SavedSettings } from '../../src/settings/settings';
import { setupChecks } from '../../src/setup/setup-checks';
import { eventually } from '../reliability/eventually';
import { cdrFrame, frameText } from '../support/cdr-frame';
import { startCutProxy, type CutProxy } from '../support/cut-proxy';
import { startFakeAmiws, type FakeAmiws } from '../support/fake-amiws';
import { startPostgresServer, type PostgresServer } from '../support/postgres-server';
import { forStandby, startStandby, type PostgresStandby } from '../support/postgres-standby';
import { quietLog } from '../support/quiet-log';
import { storeOn } from '../support/store-in-postgres';

let primary: PostgresServer;
/** Of the standby to its primary: the standby lags while it hangs. */
let replication: CutProxy;
let standby: PostgresStandby;
/** What data sources know as the host. */
let host: CutProxy;
let amiws: FakeAmiws;
let folders: string[];
let grafanas: DataSources[];
beforeEach(async () => {
  [folders, grafanas] = [[], []];
  primary = await startPostgresServer({ settings: forStandby });
  replication = await startCutProxy(primary.port);
  standby = await startStandby(primary, replication.port);
  host = await startCutProxy(primary.port);
  amiws = await startFakeAmiws(['pbx-east']);
}, 60_000);
afterEach(async () => {
  await Promise.all(grafanas.map((sources) => sources.stop()));
  await amiws.close();
  await host.close();
  await replication.close();
  await standby.stop();
  await primary.stop();
  await Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true })));
}, 60_000);

async function open(changes: SavedSettings['store'] = {}): Promise<DataSource> {
  const { store, secrets } = storeOn(primary, { schema: 'kept', port: host.port, ...changes });
  const folder = await mkdtemp(path.join(tmpdir(), 'failover-'));
  const sources = new DataSources(folder, new PluginMetrics(), quietLog);
  folders.push(folder);
  grafanas.push(sources);
  const jsonData = { amiwsUrl: amiws.url, timeZone: 'UTC', store };
  const dataSource = { id: 1, uid: 'cdr', name: 'PBX', url: '', updated: 1, jsonData, secureJsonData: { ...secrets } };
  return sources.get({ orgId: 1, pluginId: 'amiws-cdr-datasource', dataSource });
}

/** The standby takes over, without what the primary has not sent it yet. */
async function promote(): Promise<void> {
  await standby.run('SELECT pg_promote()');
  host.lead(standby.port);
  host.cut();
}

const send = (count: number): void => Array.from({ length: count }).forEach(() => amiws.send(cdrFrame()));
/** How often each record stands there. */
async function recordsOn(server: Pick<PostgresStandby, 'run'>): Promise<number[]> {
  const rows = await server.run('SELECT count(*)::int AS times FROM kept.record GROUP BY unique_id');
  return rows.map(({ times }) => Number(times));
}

const onceThere = (server: Pick<PostgresStandby, 'run'>, count: number): Promise<number[]> =>
  eventually(
    () => recordsOn(server),
    (times) => times.length >= count,
    60
  );

const onceWell = async (source: DataSource): Promise<string> => {
  const { status } = await eventually(
    () => checkHealth(source, true),
    (health) => health.status === 'ok' && source.waiting === 0
  );
  return status;
};

test('a promotion in the middle of batches loses nothing, though the standby lagged, and doubles nothing', async () => {
  await open();
  await amiws.connected();
  send(10);
  await onceThere(primary, 10);
  await standby.caughtUp();
  replication.hang(true);
  for (let batch = 0; batch < 10; batch++) {
    send(10);
    amiws.send(frameText(1, 'pbx-east', 3, { Event: 'QueueCallerJoin', Queue: 'support', Uniqueid: `179.${batch}` }));
    await sleep(50);
  }
  await onceThere(primary, 60);
  await promote();
  expect(await recordsOn(standby)).toHaveLength(10);
  send(10);
  expect(await onceThere(standby, 120)).toEqual(new Array(120).fill(1));
  const joined = await standby.run('SELECT count(*)::int AS joins FROM kept.queue_event');
  expect(joined).toEqual([{ joins: 10 }]);
}, 120_000);

test('of two Grafanas each stores again what it stored, and shows what the other one does', async () => {
  const [, second] = [await open(), await open()];
  await eventually(
    async () => amiws.connections,
    (count) => count === 2
  );
  send(10);
  await onceThere(primary, 10);
  await standby.caughtUp();
  replication.hang(true);
  send(30);
  await onceThere(primary, 40);
  const shown: Array<string | null> = [];
  second.changes.subscribe(({ changed, removedBefore }) => {
    shown.push(...changed.map(({ id }) => id.linkedId), ...(removedBefore === null ? [] : [null]));
  });
  await promote();
  expect(await onceThere(standby, 40)).toEqual(new Array(40).fill(1));
  await eventually(
    async () => shown.includes(null),
    (isAsked) => isAsked
  );
  expect(shown).toContain(null);
}, 120_000);

test('a Grafana that only answers has a standby as its host, and one that listens is told that it is read-only', async () => {
  await open();
  await amiws.connected();
  send(10);
  await onceThere(primary, 10);
  await standby.caughtUp();
  const answers = await open({ port: standby.port, heardBy: 'others' });
  expect(await checkHealth(answers, true)).toMatchObject({
    status: 'ok',
    message: expect.stringContaining('10 CDRs of 10 calls are stored in PostgreSQL'),
  });
  send(5);
  const { records } = await eventually(
    () => answers.store.counts(),
    (counts) => counts.records === 15
  );
  expect(records).toBe(15);

  const listens = await open({ port: standby.port });
  await eventually(
    async () => amiws.connections,
    (count) => count === 2
  );
  send(1);
  const { status, message } = await eventually(
    () => checkHealth(listens, true),
    (health) => health.status === 'error'
  );
  expect([status, message]).toEqual([
    'error',
    expect.stringMatching(/is a read-only standby, .* Enter the host of the/),
  ]);
  const listed = setupChecks(await setupSeen(listens), Date.now()).find(({ id }) => id === 'store')!;
  expect([listed.state, english(listed.advice)]).toEqual(['problem', expect.stringMatching(/read-only standby/)]);
  // What is stored is still answered.
  expect((await listens.store.counts()).records).toBeGreaterThanOrEqual(15);
  await standby.run('SELECT pg_promote()');
  expect(await onceWell(listens)).toBe('ok');
}, 120_000);
