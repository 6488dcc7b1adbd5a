import { execFileSync } from 'node:child_process';
import { rmSync, statfsSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DataRequest, PluginContext } from '../../src/plugin-protocol/plugin';
import { checkHealth } from '../../src/server/ask/check-health';
import { queryData } from '../../src/server/ask/query-data';
import { setupSeen } from '../../src/server/ask/setup-seen';
import { PluginMetrics } from '../../src/server/plugin-metrics';
import type { DataSource } from '../../src/server/sources/data-source';
import { DataSources } from '../../src/server/sources/data-sources';
import type { SavedSettings } from '../../src/settings/settings';
import { english } from '../../src/sentences/english';
import { setupChecks } from '../../src/setup/setup-checks';
import { mounts } from '../../tools/test/needs';
import { eventually } from '../reliability/eventually';
import { mountDisk } from '../reliability/small-disk';
import { cdrFrame } from '../support/cdr-frame';
import { startCutProxy, type CutProxy } from '../support/cut-proxy';
import { describeWhere } from '../support/describe-where';
import { startFakeAmiws, type FakeAmiws } from '../support/fake-amiws';
import { startPostgresServer, type PostgresServer } from '../support/postgres-server';
import { quietLog } from '../support/quiet-log';
import { freePort } from '../support/run-server';
import { storeOn } from '../support/store-in-postgres';

/** Nobody waits longer for a panel or for Save & test, whatever is wrong. Milliseconds. */
const patienceMs = 20_000;

let server: PostgresServer;
let proxy: CutProxy;
let amiws: FakeAmiws;
let folder: string;
let sources: DataSources;
beforeAll(async () => {
  server = await startPostgresServer();
  proxy = await startCutProxy(server.port);
  await server.run("CREATE ROLE cdr LOGIN PASSWORD 's3cret'");
  amiws = await startFakeAmiws(['pbx-east']);
});
afterAll(async () => {
  await amiws.close();
  await proxy.close();
  await server.stop();
});
beforeEach(async () => {
  await server.run('DROP SCHEMA IF EXISTS kept CASCADE');
  await server.run('CREATE SCHEMA kept AUTHORIZATION cdr');
  folder = await mkdtemp(path.join(tmpdir(), 'postgres-said-'));
  sources = new DataSources(folder, new PluginMetrics(), quietLog);
});
afterEach(async () => {
  proxy.hang(false);
  await sources.stop();
  await rm(folder, { recursive: true, force: true });
});

let updated = 0;
async function open(changes: NonNullable<SavedSettings['store']> = {}, storePassword = 's3cret'): Promise<DataSource> {
  const { store } = storeOn(server, { user: 'cdr', schema: 'kept', port: proxy.port, statementTimeout: 1, ...changes });
  const jsonData = { amiwsUrl: amiws.url, timeZone: 'UTC', store };
  const dataSource = { id: 1, uid: 'cdr', name: 'PBX', url: '', updated: ++updated, jsonData };
  const context: PluginContext = {
    ...{ orgId: 1, pluginId: 'amiws-cdr-datasource' },
    dataSource: { ...dataSource, secureJsonData: storePassword === '' ? {} : { storePassword } },
  };
  const source = await sources.get(context);
  if (changes.heardBy !== 'others') {
    await amiws.connected();
  }
  return source;
}

/** All that somebody is told in a panel: its error, or its notices. */
async function panelOf(source: DataSource, role: 'Admin' | 'Viewer'): Promise<string> {
  const now = Date.now();
  const query = { refId: 'A', queryType: '', json: { queryType: 'calls' }, from: now - 3_600_000, to: now };
  const request: DataRequest = {
    context: { orgId: 1, pluginId: '', user: { login: 'ann', name: 'Ann', email: '', role } },
    headers: {},
    queries: [{ ...query, intervalMs: 1_000, maxDataPoints: 100 }],
  };
  const found = (await queryData(source, request, new AbortController().signal)).get('A')!;
  return (
    found.error?.message ?? JSON.stringify((found.frames[0] as { meta?: { notices?: unknown } }).meta?.notices ?? [])
  );
}

const advisedIn = (text: string): string => /run (GRANT .*?)(?: as the owner|\.)/i.exec(text)![1]!;

/** By itself, once what was wrong is mended. */
async function works(source: DataSource): Promise<void> {
  const { message } = await eventually(
    () => checkHealth(source, true),
    ({ status }) => status === 'ok' && source.waiting === 0
  );
  expect(message).not.toMatch(/denies|can't be read|doesn't accept/);
  expect(await panelOf(source, 'Admin')).not.toMatch(/PostgreSQL/);
}

interface Said {
  health: string;
  check: string;
  panel: string;
  /** In a panel, to one who is no Admin. */
  viewer: string;
}

async function saidOf(source: DataSource): Promise<Said> {
  const timed = async <T>(task: Promise<T>): Promise<T> => {
    const late = sleep(patienceMs, null, { ref: false }).then(() => Promise.reject(new Error('It hangs')));
    return Promise.race([task, late]);
  };
  const [{ message, status }, seen, panel, viewer] = await Promise.all([
    timed(checkHealth(source, true)),
    timed(setupSeen(source)),
    timed(panelOf(source, 'Admin')),
    timed(panelOf(source, 'Viewer')),
  ]);
  expect(status).toBe('error');
  const listed = setupChecks(seen, Date.now()).find(({ id }) => id === 'store')!;
  expect(listed.state).toBe('problem');
  return { health: message, check: english(listed.advice), panel, viewer };
}

/** So often until it is wrong: what broke is noticed with the next write. */
async function onceWrong(source: DataSource): Promise<Said> {
  while (source.storeProblem === null) {
    amiws.send(cdrFrame());
    await sleep(100);
  }
  return saidOf(source);
}

test.each<[what: string, trouble: () => Promise<DataSource>, text: RegExp]>([
  [
    'no server',
    async () => open({ port: await freePort() }),
    /No PostgreSQL server listens at that host and port\. Check both under Storage/,
  ],
  ['a wrong password', () => open({}, 'wrong'), /PostgreSQL rejects the user "cdr"\. Check user, password/],
  [
    'no password',
    () => open({}, ''),
    /requires a password for the user "cdr", but none is set\. Enter it under Storage/,
  ],
  [
    'a schema of someone else',
    async () => {
      await server.run('CREATE SCHEMA IF NOT EXISTS foreign_one');
      await server.run('CREATE TABLE IF NOT EXISTS foreign_one.schema_version (version INTEGER)');
      return open({ schema: 'foreign_one' });
    },
    /denies access to the user "cdr" .*Run GRANT USAGE, CREATE ON SCHEMA "foreign_one" TO "cdr"/,
  ],
  [
    'a schema of a newer version',
    async () => {
      const before = await open();
      await before.store.counts();
      await sources.stop();
      await server.run('UPDATE kept.schema_version SET version = 99');
      sources = new DataSources(folder, new PluginMetrics(), quietLog);
      return open();
    },
    /schema kept has version 99, .*Install the newer plugin again, or choose another schema/,
  ],
])(
  'of a store that can’t be opened, for want of %s, all are told at once',
  async (_, trouble, text) => {
    const said = await saidOf(await trouble());
    expect([said.health, said.check, said.panel]).toEqual(new Array(3).fill(expect.stringMatching(text)));
    expect(said.viewer).toMatch(/an Admin can select Save & test/);
  },
  60_000
);

describe('of a role that reads', () => {
  beforeEach(async () => {
    await open();
    await sources.stop();
    await server.run('DROP ROLE IF EXISTS reader');
    await server.run("CREATE ROLE reader LOGIN PASSWORD 's3cret'");
    sources = new DataSources(folder, new PluginMetrics(), quietLog);
  });
  afterEach(async () => {
    await sources.stop();
    await server.run('DROP OWNED BY reader');
  });

  it('what it lacks to answer is named, and is all that it needs', async () => {
    const source = await open({ user: 'reader', heardBy: 'others' });
    const said = await saidOf(source);
    expect(said.health).toMatch(
      /denies access to the user "reader" \(permission denied .*\)\. Run GRANT USAGE ON SCHEMA/
    );
    expect(said.health).not.toMatch(/INSERT|CREATE|Only other servers/);
    await server.run(advisedIn(said.health));
    await works(source);
  }, 60_000);

  it('that listens is told how it only answers, which it then does', async () => {
    await server.run('GRANT USAGE ON SCHEMA kept TO reader');
    await server.run('GRANT SELECT ON ALL TABLES IN SCHEMA kept TO reader');
    const source = await open({ user: 'reader' });
    const said = await onceWrong(source);
    expect(said.health).toMatch(/If this user is only meant to read, set Who listens to the PBX to Only other servers/);
    // What it heard before waits as long as the process runs.
    await sources.stop();
    sources = new DataSources(folder, new PluginMetrics(), quietLog);
    await works(await open({ user: 'reader', heardBy: 'others' }));
  }, 60_000);
});

describe('of a store that worked', () => {
  it.each(['TABLES', 'SEQUENCES'])(
    'a right to its %s that was taken away is named with its grant, which is all that it needs',
    async (kind) => {
      const source = await open();
      await server.run(`REVOKE ALL ON ALL ${kind} IN SCHEMA kept FROM cdr`);
      const said = await onceWrong(source);
      const denied =
        /PostgreSQL denies access to the user "cdr" \(permission denied .*\)\..* If this user is the owner, run GRANT/;
      expect([said.health, said.check]).toEqual([expect.stringMatching(denied), expect.stringMatching(denied)]);
      expect(said.viewer).not.toMatch(/cdr|kept/);
      await server.run(advisedIn(said.health));
      await works(source);
    },
    60_000
  );

  it('a pool that is used up says so in panels and is free again by itself', async () => {
    const source = await open({ statementTimeout: 30 });
    await server.run('BEGIN');
    await server.run('LOCK TABLE kept.record, kept.call IN ACCESS EXCLUSIVE MODE');
    const panels = Array.from({ length: 12 }, () => panelOf(source, 'Admin'));
    await sleep(500);
    const before = performance.now();
    const { status, message } = await checkHealth(source, true);
    expect([status, message]).toEqual(['error', expect.stringMatching(/The store doesn't answer within 8 s/)]);
    expect(performance.now() - before).toBeLessThan(patienceMs);
    await server.run('ROLLBACK');
    expect(await Promise.all(panels)).toEqual(new Array(12).fill(expect.not.stringMatching(/too long|PostgreSQL/)));
    await works(source);
  }, 60_000);

  describeWhere(mounts)('on a disk of its own', () => {
    it('a full disk is said by all, what is stored is shown, and what waited is stored once there is space', async () => {
      const disk = mountDisk(24);
      try {
        execFileSync('chown', ['postgres', disk.folder]);
        execFileSync('chmod', ['700', disk.folder]);
        await server.run(`CREATE TABLESPACE small LOCATION '${disk.folder}'`);
        await server.run('GRANT CREATE ON TABLESPACE small TO cdr');
        await server.run('ALTER ROLE cdr SET default_tablespace = small');
        const source = await open();
        amiws.send(cdrFrame());
        await works(source);
        const filler = path.join(disk.folder, 'filler');
        const { bavail, bsize } = statfsSync(disk.folder);
        writeFileSync(filler, Buffer.alloc(bavail * bsize));
        Array.from({ length: 3_000 }).forEach(() => amiws.send(cdrFrame()));
        const said = await onceWrong(source);
        for (const text of [said.health, said.check, said.panel]) {
          expect(text).toMatch(/No space is left on the disk of the PostgreSQL server\. Free some space there/);
        }
        expect((await source.store.counts()).records).toBeGreaterThan(0);
        rmSync(filler);
        await works(source);
        expect((await source.store.counts()).records).toBeGreaterThan(3_000);
        await sources.stop();
        await server.run('DROP SCHEMA kept CASCADE');
      } finally {
        await server.run('ALTER ROLE cdr RESET default_tablespace');
        await server.run('REVOKE ALL ON TABLESPACE small FROM cdr').catch(() => undefined);
        await server.run('DROP TABLESPACE IF EXISTS small').catch(() => undefined);
        disk.unmount();
      }
    }, 60_000);
  });

  it('a server without room for more connections says which setting to raise', async () => {
    const source = await open();
    await server.run('ALTER ROLE cdr CONNECTION LIMIT 0');
    proxy.cut();
    const said = await onceWrong(source);
    await server.run('ALTER ROLE cdr CONNECTION LIMIT -1');
    for (const text of [said.health, said.check, said.panel]) {
      expect(text).toMatch(/accepts no more connections\. Raise max_connections .* lower Connections under Storage/);
    }
  }, 60_000);

  it('one that is locked says in each panel that it took too long, and a write that hangs is said while it does', async () => {
    const source = await open();
    await server.run('BEGIN');
    await server.run('LOCK TABLE kept.record, kept.call, kept.gap IN ACCESS EXCLUSIVE MODE');
    const panel = await panelOf(source, 'Admin');
    amiws.send(cdrFrame());
    await sleep(11_500);
    const said = await saidOf(source);
    await server.run('ROLLBACK');
    expect([panel, said.panel]).toEqual([
      expect.stringMatching(/^The query took longer than 1 s and was stopped/),
      expect.stringMatching(/^The query took longer than 1 s and was stopped/),
    ]);
    expect(said.health).toMatch(/doesn't accept CDRs\. A write to the store has taken \d+ s/);
    while (source.waiting > 0) {
      await sleep(50);
    }
    expect((await checkHealth(source, true)).status).toBe('ok');
  }, 90_000);

  it('one that says nothing any more is said by Save & test within seconds, and holds up no panel', async () => {
    const source = await open({ statementTimeout: 60 });
    proxy.hang(true);
    const before = performance.now();
    const { message, status } = await checkHealth(source, true);
    expect(status).toBe('error');
    expect(message).toMatch(/can't be read\. The store doesn't answer within 8 s\. Check what keeps it busy/);
    // Not the minute that a panel may wait.
    expect(performance.now() - before).toBeLessThan(30_000);
    proxy.hang(false);
    proxy.cut();
  }, 90_000);
});
