import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from 'pg';
import { parseSettings, type SavedSettings } from '../../src/settings/settings';
import type { CallStore } from '../../src/store/call-store';
import { connectPostgres, type StoreSecrets } from '../../src/store/postgres/connect-postgres';
import { openPostgresStore } from '../../src/store/postgres/open-postgres-store';
import { english } from '../../src/sentences/english';
import { postgresProblem } from '../../src/store/postgres/postgres-problem';
import { selfSignedCertificate } from '../self-signed-certificate';
import { cdrRecord, defaultDerivation } from '../support/cdr-builders';
import { startPostgresServer, type PostgresServer } from '../support/postgres-server';
import { freePort } from '../support/run-server';
import { storeOn } from '../support/store-in-postgres';

/** Whatever is wrong, no message may have these. */
const password = 'r3ally-s3cret';
const hosts = /127\.0\.0\.1|localhost|db\.invalid/;

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgresServer();
  await server.run(`CREATE ROLE cdr LOGIN PASSWORD '${password}'`);
  await server.run('CREATE SCHEMA kept AUTHORIZATION cdr');
});
afterAll(() => server.stop());

let opened: Array<CallStore | Pool>;
beforeEach(() => (opened = []));
afterEach(() => Promise.all(opened.map((one) => ('close' in one ? one.close() : one.end()))));

/** By the settings of an Admin, of the user `cdr` and the schema `kept` where a test says nothing else. */
async function open(changes: SavedSettings['store'] = {}, secrets: StoreSecrets = {}, on = server) {
  const saved = storeOn(on, { user: 'cdr', schema: 'kept', ...changes });
  const { store: settings } = parseSettings({ store: saved.store });
  const pool = connectPostgres(settings, { storePassword: password, ...secrets }, () => undefined);
  const store = await openPostgresStore(pool, defaultDerivation, {
    ...settings,
    questionMs: settings.statementTimeout * 1000,
  }).catch((error: unknown) => problemOf(error, settings));
  if (typeof store === 'string') {
    return { problem: store };
  }
  opened.push(store);
  return { problem: null, store, pool, explain: (error: unknown) => problemOf(error, settings) };
}

function problemOf(error: unknown, settings: Parameters<typeof postgresProblem>[1]): string {
  const { text: said, detail } = postgresProblem(error, settings);
  const text = english(said);
  // But for a user of that name.
  expect(text.replaceAll('user "127.0.0.1"', '')).not.toMatch(hosts);
  expect(`${text}${detail}`).not.toContain(password);
  expect(text).toMatch(/[^.]\.$/);
  return text;
}

async function until(isTrue: () => Promise<boolean>): Promise<void> {
  while (!(await isTrue())) {
    await sleep(50);
  }
}

/** Why a record is not stored; null where it is. */
async function add(changes: SavedSettings['store'] = {}, on = server): Promise<string | null> {
  const { store, explain, problem } = await open(changes, {}, on);
  return store
    ? store.add({ records: [cdrRecord()], events: [] }).then(
        () => null,
        (error: unknown) => explain(error)
      )
    : problem;
}

it('says nothing of a store that takes what comes', async () => {
  expect(await add()).toBeNull();
});

describe('a store is not opened, and the reason is said with what to do', () => {
  it.each<[what: string, changes: () => Promise<SavedSettings['store']>, advice: RegExp]>([
    [
      'where no server listens',
      async () => ({ port: await freePort() }),
      /^No PostgreSQL server listens .* Check both under Storage/,
    ],
    [
      'of a host that is not known',
      async () => ({ host: 'db.invalid' }),
      /^The host .* can't be resolved\. Check its spelling/,
    ],
    [
      'of a folder without a socket',
      async () => ({ host: '/tmp' }),
      /^No socket of a PostgreSQL server is in that folder\. .*unix_socket_directories/,
    ],
    [
      'of a user who is not known',
      async () => ({ user: 'nobody' }),
      /^PostgreSQL rejects the user "nobody"\. Check user, password, .*pg_hba\.conf/,
    ],
    [
      'of a database that is not there',
      async () => ({ database: 'call"s' }),
      /^PostgreSQL has no database "call\\"s"\. Create it with CREATE DATABASE "call""s" OWNER "cdr"/,
    ],
    [
      'where no schema may be made',
      async () => ({ schema: 'other' }),
      /permission denied for database store\)\. Run GRANT CREATE ON DATABASE "store" TO "cdr", or CREATE SCHEMA "other" AUTHORIZATION "cdr"/,
    ],
    [
      'where the server takes no TLS',
      async () => ({ tls: 'verify' }),
      /^The PostgreSQL server doesn't support TLS\. Set up a certificate .* or turn off TLS/,
    ],
    [
      'that shall be spread by a database of no cluster',
      async () => ({ citus: true }),
      /^The database has no extension Citus\. Run CREATE EXTENSION citus .* or switch Distribute with Citus off under Storage/,
    ],
  ])('%s', async (_, changes, advice) => {
    expect((await open(await changes())).problem).toMatch(advice);
  });

  it('with a wrong password', async () => {
    const { problem } = await open({}, { storePassword: 'wrong' });
    expect(problem).toMatch(/^PostgreSQL rejects the user "cdr"\. Check user, password/);
  });

  it('without a password', async () => {
    const { problem } = await open({}, { storePassword: '' });
    expect(problem).toMatch(/requires a password for the user "cdr", but none is set/);
  });

  it('of a schema that is another user’s', async () => {
    await server.run('CREATE SCHEMA foreign_one');
    await server.run('CREATE TABLE foreign_one.schema_version (version INTEGER)');
    const { problem } = await open({ schema: 'foreign_one' });
    expect(problem).toMatch(
      /permission denied for schema foreign_one\)\. Run GRANT USAGE, CREATE ON SCHEMA "foreign_one" TO "cdr"/
    );
  });

  it('of a newer version of the plugin', async () => {
    await open(
      { schema: 'newer', user: server.address.user as string },
      { storePassword: String(server.address.password) }
    );
    await server.run('UPDATE newer.schema_version SET version = 99');
    const { problem } = await open(
      { schema: 'newer', user: server.address.user as string },
      { storePassword: String(server.address.password) }
    );
    expect(problem).toMatch(/schema newer has version 99, .* Install the newer plugin again/);
  });

  it('where the server takes no more connections', async () => {
    await server.run('ALTER ROLE cdr CONNECTION LIMIT 0');
    const { problem } = await open();
    await server.run('ALTER ROLE cdr CONNECTION LIMIT -1');
    expect(problem).toMatch(
      /accepts no more connections\. Raise max_connections .* lower Connections under Storage \(set to 8 /
    );
  });
});

describe('a store that takes nothing more says why', () => {
  it('where all connections are in use', async () => {
    const { store, pool, explain } = await open({ poolSize: 4 });
    const taken = await Promise.all(Array.from({ length: 4 }, () => pool!.connect()));
    const problem = await store!.counts().catch((error: unknown) => explain!(error));
    taken.forEach((client) => client.release());
    expect(problem).toMatch(/^All 4 connections to PostgreSQL were in use for too long\. Raise Connections/);
    expect(await store!.counts()).toMatchObject({ records: expect.any(Number) });
  });

  it('where a statement takes too long, which the server then ends', async () => {
    const { store, explain } = await open({ statementTimeout: 1 });
    await server.run('BEGIN');
    await server.run('LOCK TABLE kept.record IN ACCESS EXCLUSIVE MODE');
    const problem = await store!.counts().catch((error: unknown) => explain!(error));
    // It would wait for the lock as long as this test does. A transaction sees who is active as of its first look.
    await until(async () => {
      await server.run('SELECT pg_stat_clear_snapshot()');
      const waiting = await server.run("SELECT FROM pg_stat_activity WHERE usename = 'cdr' AND state = 'active'");
      return waiting.length === 0;
    });
    await server.run('ROLLBACK');
    expect(problem).toMatch(/^A statement was canceled after 1 s\. Check what keeps the PostgreSQL server busy/);
  });

  it('where its schema is gone, and it is opened again', async () => {
    await server.run('CREATE SCHEMA lost AUTHORIZATION cdr');
    const { store, explain } = await open({ schema: 'lost' });
    await server.run('DROP SCHEMA lost CASCADE');
    const problem = await store!.add({ records: [cdrRecord()], events: [] }).catch((error: unknown) => explain!(error));
    expect(problem).toMatch(/is missing from the database\. The store is set up again/);
  });
});

describe('TLS', () => {
  const certificate = selfSignedCertificate();
  let encrypted: PostgresServer;
  beforeAll(async () => {
    encrypted = await startPostgresServer({ certificate });
    await encrypted.run(`CREATE ROLE cdr LOGIN PASSWORD '${password}'`);
    await encrypted.run('CREATE SCHEMA kept AUTHORIZATION cdr');
  });
  afterAll(() => encrypted.stop());

  it('is taken where the certificate is checked by its authority', async () => {
    expect((await open({ tls: 'verify' }, { storeCACert: certificate.cert }, encrypted)).problem).toBeNull();
  });

  it('takes the place of the password where the server knows the user by a certificate', async () => {
    const hba = path.join(encrypted.folder, 'pg_hba.conf');
    const before = readFileSync(hba, 'utf8');
    // The server's certificate is its own authority, and made out to 127.0.0.1.
    await encrypted.run(`ALTER SYSTEM SET ssl_ca_file = '${encrypted.folder}/server.crt'`);
    await encrypted.run('CREATE ROLE "127.0.0.1" LOGIN');
    await encrypted.run('CREATE SCHEMA certified AUTHORIZATION "127.0.0.1"');
    writeFileSync(hba, `hostssl all "127.0.0.1" 127.0.0.1/32 cert\n${before}`);
    await encrypted.run('SELECT pg_reload_conf()');
    const user = { tls: 'verify', user: '127.0.0.1', schema: 'certified' } as const;
    const secrets = { storePassword: '', storeCACert: certificate.cert };
    const certified = await open(
      user,
      { ...secrets, storeClientCert: certificate.cert, storeClientKey: certificate.key },
      encrypted
    );
    expect(certified.problem).toBeNull();
    expect((await open(user, secrets, encrypted)).problem).toMatch(/rejects the user "127\.0\.0\.1"/);
  });

  it('is taken without a check where the settings say so', async () => {
    expect((await open({ tls: 'require' }, {}, encrypted)).problem).toBeNull();
  });

  it.each<[what: string, changes: SavedSettings['store'], secrets: StoreSecrets, advice: RegExp]>([
    ['of an authority that is not known', {}, {}, /The authority that signed .* isn't trusted\. Enter the PEM/],
    [
      'of another authority',
      {},
      { storeCACert: selfSignedCertificate().cert },
      /The authority that signed .* isn't trusted\. Enter the PEM/,
    ],
    [
      'of another host',
      { host: 'localhost' },
      { storeCACert: certificate.cert },
      /doesn't match the host under Storage\. Enter the host name from the certificate/,
    ],
    [
      'that is off where the server wants it',
      { tls: 'off' },
      {},
      /rejects the user "cdr"\. Check user, password, and TLS/,
    ],
    ['with an authority that is none', {}, { storeCACert: 'no PEM' }, /TLS|authority|certificate/],
  ])('%s is refused with what to do', async (_, changes, secrets, advice) => {
    expect((await open({ tls: 'verify', ...changes }, secrets, encrypted)).problem).toMatch(advice);
  });
});
