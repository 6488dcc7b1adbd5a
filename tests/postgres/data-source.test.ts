import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { PluginContext } from '../../src/plugin-protocol/plugin';
import { checkHealth } from '../../src/server/ask/check-health';
import { setupSeen } from '../../src/server/ask/setup-seen';
import { english } from '../../src/sentences/english';
import { PluginMetrics } from '../../src/server/plugin-metrics';
import type { DataSource } from '../../src/server/sources/data-source';
import { DataSources } from '../../src/server/sources/data-sources';
import type { SavedSettings } from '../../src/settings/settings';
import { setupChecks } from '../../src/setup/setup-checks';
import { cdrFrame, frameText } from '../support/cdr-frame';
import { startCutProxy, type CutProxy } from '../support/cut-proxy';
import { startFakeAmiws, type FakeAmiws } from '../support/fake-amiws';
import { startPostgresServer, type PostgresServer } from '../support/postgres-server';
import { quietLog } from '../support/quiet-log';
import { storeOn } from '../support/store-in-postgres';

const password = 'r3ally-s3cret';
const schema = 'kept';

let server: PostgresServer;
let proxy: CutProxy;
beforeAll(async () => {
  server = await startPostgresServer();
  proxy = await startCutProxy(server.port);
  await server.run(`CREATE ROLE cdr LOGIN PASSWORD '${password}'`);
});
afterAll(async () => {
  await proxy.close();
  await server.stop();
});

let amiws: FakeAmiws;
let folder: string;
let sources: DataSources;
let metrics: PluginMetrics;
let logged: string[];
const log = {
  ...quietLog,
  warn: (...args: unknown[]) => void logged.push(JSON.stringify(args)),
  error: (...args: unknown[]) => void logged.push(JSON.stringify(args)),
};
beforeEach(async () => {
  await server.run(`DROP SCHEMA IF EXISTS ${schema} CASCADE`);
  await server.run(`CREATE SCHEMA ${schema} AUTHORIZATION cdr`);
  amiws = await startFakeAmiws(['pbx-east']);
  folder = await mkdtemp(path.join(tmpdir(), 'postgres-source-'));
  logged = [];
  metrics = new PluginMetrics();
  sources = new DataSources(folder, metrics, log);
});
afterEach(async () => {
  await sources.stop();
  await amiws.close();
  await rm(folder, { recursive: true, force: true });
});

const inPostgres = (changes: SavedSettings['store'] = {}): SavedSettings => ({
  store: storeOn(server, { user: 'cdr', schema, port: proxy.port, ...changes }).store,
});

let updated = 0;
function context(settings: SavedSettings, storePassword: string | null = password): PluginContext {
  const jsonData = { amiwsUrl: amiws.url, timeZone: 'UTC', ...settings };
  const secureJsonData: Record<string, string> = storePassword === null ? {} : { storePassword };
  const dataSource = { id: 1, uid: 'cdr', name: 'PBX', url: '', updated: ++updated, jsonData, secureJsonData };
  return { orgId: 1, pluginId: 'amiws-cdr-datasource', dataSource };
}

async function open(settings: SavedSettings, storePassword?: string | null): Promise<DataSource> {
  const source = await sources.get(context(settings, storePassword));
  await amiws.connected();
  return source;
}

async function until(isTrue: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isTrue())) {
    await sleep(20);
  }
}

let sent = 0;
function send(count: number): void {
  for (let n = 0; n < count; n++) {
    amiws.send(cdrFrame());
  }
  sent += count;
}
beforeEach(() => (sent = 0));

/** How often each record stands in the table. */
async function stored(): Promise<number[]> {
  const rows = await server
    .run(`SELECT count(*)::int AS times FROM ${schema}.record GROUP BY unique_id`)
    // While the server starts again.
    .catch(() => []);
  return rows.map(({ times }) => Number(times));
}

/** Ends a process that may have ended by itself. */
function crash(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has.
  }
}

async function expectAllStored(source: DataSource): Promise<void> {
  await until(async () => source.storeProblem === null && source.waiting === 0 && (await stored()).length >= sent);
  const times = await stored();
  expect(times).toHaveLength(sent);
  expect(times.filter((count) => count !== 1)).toEqual([]);
}

describe('a failover', () => {
  it('in the middle of batches loses no record and doubles none', async () => {
    const source = await open(inPostgres());
    const troubles: Array<() => unknown> = [
      () => proxy.cut(),
      () => server.run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'cdr'"),
      () => proxy.cutAfter('COMMIT'),
      () => proxy.cutAfter('BEGIN'),
      () => proxy.cut(),
    ];
    for (const trouble of troubles) {
      for (let batch = 0; batch < 10; batch++) {
        send(20);
        await sleep(20);
      }
      await trouble();
    }
    send(20);
    await expectAllStored(source);
    expect(proxy.isArmed).toBe(false);
    expect(source.dropped).toBe(0);
  });

  it('whose acknowledgement is lost doubles nothing', async () => {
    const source = await open(inPostgres());
    send(10);
    await expectAllStored(source);
    // Questions are cut off as well, by chance: so often until a write was.
    while (!logged.some((line) => /takes nothing/.test(line))) {
      proxy.cutAfter('COMMIT');
      send(10);
      await until(() => !proxy.isArmed);
      await sleep(100);
    }
    await expectAllStored(source);
  });

  it('by a crash of the server is said, and what waits is stored by itself', async () => {
    const source = await open(inPostgres());
    send(10);
    await expectAllStored(source);
    // PostgreSQL ends all sessions and recovers when one of its processes is killed; on a quiet machine before anything is written.
    await until(async () => {
      const backends = await server
        .run("SELECT pid FROM pg_stat_activity WHERE usename = 'cdr' LIMIT 1")
        .catch(() => []);
      backends.forEach(({ pid }) => crash(Number(pid)));
      send(1);
      return logged.some((line) => /takes nothing/.test(line));
    });
    await expectAllStored(source);
  });
});

describe('what is wrong', () => {
  it('is told to Admins with what to do, and to others not, without the password or the host', async () => {
    const source = await open(inPostgres(), 'wr0ng-s3cret');
    send(3);
    await until(() => source.waiting === 3);
    const forAdmin = await checkHealth(source, true);
    expect(forAdmin.status).toBe('error');
    expect(forAdmin.message).toMatch(
      /PostgreSQL, database store at 127\.0\.0\.1, schema kept.* rejects the user "cdr"\. .*3 CDRs and events wait/
    );
    const listed = setupChecks(await setupSeen(source), Date.now()).find(({ id }) => id === 'store');
    expect(listed!.state).toBe('problem');
    expect(english(listed!.advice)).toContain('Check user, password');
    const forViewer = await checkHealth(source, false);
    expect(JSON.stringify(forViewer)).not.toMatch(/127\.0\.0\.1|cdr"|kept|PostgreSQL/);
    expect(JSON.stringify([forAdmin, forViewer, logged, await metrics.text()])).not.toMatch(/s3cret/);
  });

  it('is gone with the right password, and what waited is stored', async () => {
    const source = await open(inPostgres(), 'wr0ng-s3cret');
    send(3);
    await until(() => source.waiting === 3);
    expect(await sources.get(context(inPostgres()))).toBe(source);
    await expectAllStored(source);
  });

  it('is a metric by the kind of store', async () => {
    const source = await open(inPostgres());
    sources.measure();
    expect(await metrics.text()).toContain('amiws_cdr_store_up{uid="cdr",store="postgres"} 1');
    await sources.get(context(inPostgres(), 'wr0ng-s3cret'));
    await until(() => source.storeProblem !== null);
    sources.measure();
    expect(await metrics.text()).toContain('amiws_cdr_store_up{uid="cdr",store="postgres"} 0');
  });
});

describe('a server that says nothing any more', () => {
  it('holds up no question for longer than its time, and what waits is stored once it is back', async () => {
    const source = await open(inPostgres({ statementTimeout: 1 }));
    send(5);
    await expectAllStored(source);
    proxy.hang(true);
    send(5);
    await expect(source.store.counts()).rejects.toThrow(/took longer than 1 s/);
    proxy.hang(false);
    proxy.cut();
    await expectAllStored(source);
  });
});

describe('a change of the store', () => {
  it('and back loses nothing that comes meanwhile, over one connection to amiws', async () => {
    const source = await open({});
    send(5);
    await until(async () => (await source.store.counts()).records === 5);
    const moving = sources.get(context(inPostgres()));
    send(5);
    await moving;
    send(5);
    await until(async () => source.waiting === 0 && (await stored()).length >= 5);
    expect(amiws.accepted).toBe(1);
    const { message } = await checkHealth(source, true);
    expect(message).toMatch(/CDRs of \d+ calls are stored in PostgreSQL, database store at 127\.0\.0\.1, schema kept/);
    const there = (await stored()).length;
    await sources.get(context({}));
    send(5);
    await until(async () => source.waiting === 0 && source.storeProblem === null);
    await until(async () => (await source.store.counts()).records + there >= 20);
    const here = (await source.store.counts()).records;
    expect(here + there).toBe(20);
    expect(await stored()).toHaveLength(there);
    expect(amiws.accepted).toBe(1);
  });
});

describe('a Grafana that may not keep files', () => {
  it('stores and answers, and says what it forgets with a restart', async () => {
    await rm(folder, { recursive: true });
    // Not even root makes a folder in a file.
    sources = new DataSources('/proc/version/none', metrics, log);
    const source = await open(inPostgres());
    send(5);
    await expectAllStored(source);
    expect(source.lookups.admit('ann', ['5551234'], Date.now())).toBe(true);
    const { status, message } = await checkHealth(source, true);
    expect(status).toBe('ok');
    await sources.ofOrg(1).deleteStored('cdr');
    expect(await stored()).toHaveLength(5);
    expect(message).toMatch(
      /Grafana can't write to the data folder .* After a restart .* listens only from the first request on/
    );
  });
});

describe('a data source whose only secret is the password of its store', () => {
  it('is heard right after a restart, and what it heard is stored with the first request', async () => {
    await open(inPostgres());
    await sources.stop();
    sources = new DataSources(folder, metrics, log);
    await sources.resume();
    await until(() => amiws.connections === 1);
    await until(() => logged.some((line) => /takes nothing/.test(line)));
    send(5);
    const source = await open(inPostgres());
    await expectAllStored(source);
  });
});

describe('a Grafana whose clock is minutes ahead of the database’s', () => {
  const ahead = 180_000;
  const now = Date.now;
  beforeEach(() => void jest.spyOn(Date, 'now').mockImplementation(() => now() + ahead));
  afterEach(() => jest.restoreAllMocks());

  it('is said with what to do, and keeps the lease, gaps and times of agents by the database’s', async () => {
    const source = await open(inPostgres());
    expect((await checkHealth(source, true)).message).toMatch(
      /The clock of this Grafana server is 1(79|80|81) s ahead of the clock of the database\. Synchronize both by NTP/
    );
    const listed = setupChecks(await setupSeen(source), Date.now()).find(({ id }) => id === 'storeClock');
    expect(listed!.state).toBe('problem');
    expect(english(listed!.advice)).toMatch(/^Synchronize both clocks by NTP/);
    const [lease] = await server.run(
      `SELECT since <= clock_timestamp() AND since > clock_timestamp() - interval '1 min' AS is_since, ` +
        `"until" BETWEEN clock_timestamp() AND clock_timestamp() + interval '10 s' AS is_until FROM ${schema}.lease`
    );
    expect([source.sharing!.isHeld, lease]).toEqual([true, { is_since: true, is_until: true }]);

    const member = { Queue: 'support', Interface: 'PJSIP/1001', MemberName: 'Ann' };
    const say = (name: string, fields: object) =>
      amiws.send(frameText(1, 'pbx-east', 3, { Event: name, ...member, ...fields }));
    say('QueueMemberAdded', { Status: '1', Paused: '0' });
    await sleep(2_500);
    say('QueueMemberRemoved', {});
    const stretches = () =>
      server.run(`SELECT end_time - extract(epoch FROM clock_timestamp()) * 1000 AS late FROM ${schema}.agent_stretch`);
    await until(async () => (await stretches()).length > 0);
    expect(Math.abs(Number((await stretches())[0]!.late))).toBeLessThan(60_000);
    await until(async () => (await server.run(`SELECT FROM ${schema}.heard_span`)).length > 0);
    const [span] = await server.run(
      `SELECT "to" - extract(epoch FROM clock_timestamp()) * 1000 AS late FROM ${schema}.heard_span`
    );
    expect(Math.abs(Number(span!.late))).toBeLessThan(60_000);
  });
});
