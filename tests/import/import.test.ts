import { english } from '../../src/sentences/english';
import { verbatim } from '../../src/sentences/sentence';
import { once } from 'node:events';
import { createServer } from 'node:net';
import * as v from 'valibot';
import type { CallParts } from '../../src/cdr/call-parts';
import { Importer } from '../../src/import/importer';
import { openMysqlTable } from '../../src/import/mysql-table';
import { PbxClock } from '../../src/cdr/pbx-clock';
import { openHistory } from '../../src/import/open-history';
import { openPostgresTable } from '../../src/import/postgres-table';
import type { SqlConnection } from '../../src/import/sql-connection';
import { readRows } from '../../src/import/step-bounds';
import { importEntries, type SavedImport } from '../../src/settings/import-settings';
import { openDuckDbStore } from '../../src/store/duckdb/open-duckdb-store';
import type { Store } from '../../src/store/store';
import { defaultDerivation } from '../support/cdr-builders';
import { callAt, createTable, insert, insertMany, withTable } from './fill-table';
import { captured, freepbx, least, pgsql, type Columns, type Fields } from './cdr-rows';
import { reader, startMariadb, startPostgres, type TestDatabase } from './databases';
import { freePort } from '../support/run-server';

const minute = 60_000;
const hour = 60 * minute;
const { cdrs, live } = captured('pbx-east');
const all = {
  from: 0,
  to: Number.MAX_SAFE_INTEGER,
  filters: {},
  limit: 100_000,
  offset: 0,
  sortBy: 'startTime' as const,
  sortOrder: 'asc' as const,
};

let mariadb: TestDatabase;
let postgres: TestDatabase;
let store: Store;
let open: Importer[] = [];
beforeAll(async () => {
  [mariadb, postgres] = await Promise.all([startMariadb(), startPostgres()]);
}, 180_000);
afterAll(async () => {
  await Promise.all([mariadb.stop(), postgres.stop()]);
});
beforeEach(async () => {
  store = await openDuckDbStore(':memory:', defaultDerivation);
});
afterEach(async () => {
  await Promise.all(open.map((importer) => importer.close()));
  open = [];
  await store.close();
});

function importFrom(database: TestDatabase, changes: SavedImport = {}, password = reader.password, target = store) {
  const settings = v.parse(importEntries, {
    server: 'pbx-east',
    type: database.type,
    host: '127.0.0.1',
    port: database.port,
    user: reader.user,
    ...changes,
  });
  const importer = new Importer({
    key: JSON.stringify(settings),
    server: settings.server,
    kind: settings.kind,
    type: settings.type,
    store: () => target,
    write: (task) => task(target),
    open: () =>
      openHistory({
        settings,
        password,
        ca: '',
        csvFolder: undefined,
        clock: new PbxClock('UTC'),
        rules: defaultDerivation.rules,
      }),
    keptSince: () => 0,
    hourOfPbx: () => 3,
    onFailed: () => undefined,
  });
  open.push(importer);
  return importer;
}

async function imported(importer: Importer) {
  await importer.start();
  await importer.look();
  return importer.progress;
}

/** What a store says of the calls, but for what only queue events tell. */
async function told(from: Pick<Store, 'selectCalls' | 'selectRecords' | 'counts'>) {
  const { rows: calls } = await from.selectCalls(all);
  const { records } = await from.counts();
  return {
    records,
    calls: calls.map(({ linkedId, outcome, records: legs, agent, talkTime }) => ({
      linkedId,
      outcome,
      legs,
      agent,
      talkTime,
    })),
  };
}

async function toldOf(parts: CallParts) {
  const other = await openDuckDbStore(':memory:', defaultDerivation);
  await other.add(parts);
  const answer = await told(other);
  await other.close();
  return answer;
}

const layouts = [
  ['MariaDB, as FreePBX has it', () => mariadb, freepbx],
  ['MariaDB, as cdr_odbc writes it', () => mariadb, least],
  ['PostgreSQL, as cdr_pgsql writes it', () => postgres, pgsql],
  [
    'PostgreSQL, as cdr_adaptive_odbc writes it',
    () => postgres,
    { ...freepbx, calldate: { ...freepbx.calldate!, sql: 'timestamp' } },
  ],
] as const;

describe.each(layouts)('%s', (_, database, columns) => {
  it('gives the records and calls that came live, to a user who may only SELECT', async () => {
    await withTable(database(), columns);
    expect(await imported(importFrom(database()))).toMatchObject({
      state: 'done',
      error: null,
      done: cdrs.length,
      total: cdrs.length,
      added: cdrs.length,
    });
    const found = await told(store);
    // By the records alone: of a table nobody knows whether queue events were heard.
    const alone = live.records.map((record) => ({ ...record, queueEventsHeard: false }));
    const expected = await toldOf({ records: alone, events: [] });
    expect(found.records).toBe(expected.records);
    if ('linkedid' in columns) {
      expect(found).toEqual(expected);
    }
  });

  it.each([
    ['live first', true],
    ['imported first', false],
  ])('tells nothing twice of what came live too: %s', async (__, isLiveFirst) => {
    await withTable(database(), columns);
    const expected = await toldOf(live);
    if (isLiveFirst) {
      await store.add(live);
    }
    expect(await imported(importFrom(database()))).toMatchObject({ error: null, added: isLiveFirst ? 0 : cdrs.length });
    await store.add(live);
    expect(await told(store)).toEqual(expected);
    expect((await store.selectRecords(all)).rows.filter((record) => record.imported)).toEqual([]);
  });
});

it('adds what only the table has to what came live', async () => {
  await withTable(mariadb, freepbx);
  await store.add(live);
  await imported(importFrom(mariadb));
  const { rows } = await store.selectRecords(all);
  expect(rows.map(({ custom, uniqueId }) => custom.recordingfile === `in-${uniqueId}.wav`)).toEqual(
    rows.map(() => true)
  );
});

it('reads columns with names of their own, and another table of another schema', async () => {
  const renamed = { ...pgsql, u_id: pgsql.uniqueid!, kunde: pgsql.accountcode! } as Record<string, Columns[string]>;
  delete renamed.uniqueid;
  await postgres.run('DROP SCHEMA IF EXISTS "Old" CASCADE; CREATE SCHEMA "Old"');
  await postgres.run(`GRANT USAGE ON SCHEMA "Old" TO ${reader.user}`);
  await createTable(postgres, '"Old".calls', renamed);
  await insert(postgres, '"Old".calls', renamed, cdrs);
  const progress = await imported(
    importFrom(postgres, { table: 'Old.calls', columns: { uniqueid: 'u_id', Customer: 'kunde' } })
  );
  expect(progress).toMatchObject({ error: null, added: cdrs.length });
});

const plain: Columns = Object.fromEntries(
  Object.entries(freepbx).filter(([column]) => column !== 'linkedid' && column !== 'sequence')
);
const seconds = (time: number) => Math.floor(time / 1000) * 1000;

it('goes on where it was when it was stopped', async () => {
  const count = 12_345;
  await createTable(mariadb, 'cdr', plain);
  const start = seconds(Date.now() - 300 * 24 * hour);
  // Some seconds have many records, one more than a page.
  const rows = Array.from({ length: count }, (___, n) =>
    callAt(start + Math.floor(Math.max(0, n - 6000) / 3) * 1000, n)
  );
  await insertMany(mariadb, 'cdr', plain, rows);
  let stop = (): void => undefined;
  const stopping: Store = Object.assign(Object.create(store) as Store, {
    add: (parts: CallParts) => {
      stop();
      return store.add(parts);
    },
  });
  const first = importFrom(mariadb, {}, reader.password, stopping);
  stop = () => void first.close();
  await first.start();
  await first.close();
  expect(first.progress.state).toBe('running');
  expect(first.progress.done).toBeLessThan(count);
  const second = importFrom(mariadb);
  await second.look();
  expect(second.progress).toMatchObject({ state: 'done', done: count, total: count, added: count, error: null });
  expect(await store.counts()).toMatchObject({ records: count });
}, 120_000);

it('goes on as soon as the store, which could not be opened, is open', async () => {
  await withTable(mariadb, freepbx);
  const importer = importFrom(mariadb);
  await importer.start();
  await importer.close();
  let isOpen = false;
  const waiting: Store = Object.assign(Object.create(store) as Store, {
    importState: (key: string) =>
      isOpen ? store.importState(key) : Promise.reject(new Error('The store is being opened.')),
  });
  const next = importFrom(mariadb, {}, reader.password, waiting);
  await next.look();
  expect(next.progress).toMatchObject({ state: 'idle', error: [verbatim('The store is being opened.')] });
  isOpen = true;
  await next.look();
  expect(next.progress).toMatchObject({ state: 'done', error: null });
  expect(await store.counts()).toMatchObject({ records: cdrs.length });
});

it('fills a gap by itself, from calls that began before it on', async () => {
  const now = seconds(Date.now());
  const gap = {
    server: 'pbx-east',
    startTime: now - hour,
    endTime: now - 30 * minute,
    reason: 'disconnected' as const,
  };
  const before = callAt(gap.startTime - 2 * hour, 1);
  const across: Fields = { ...callAt(gap.startTime - 5 * hour, 2), Duration: String(5.2 * 3600), EndTime: '' };
  const within = callAt(gap.startTime + minute, 3);
  const after = callAt(gap.endTime + 5 * minute, 4);
  await withTable(mariadb, plain, [before, across, within, after]);
  const importer = importFrom(mariadb);
  await importer.look();
  expect((await store.counts()).records).toBe(0);
  await store.addGap(gap);
  await store.addGap({ ...gap, server: 'pbx-west', endTime: now - 20 * minute });
  await importer.look();
  expect(importer.progress).toMatchObject({ state: 'idle', gapsFilled: 1, added: 2, error: null });
  const { rows } = await store.selectRecords(all);
  expect(rows.map(({ uniqueId }) => uniqueId)).toEqual([across.UniqueID, within.UniqueID]);
});

it('reads a gap that has just ended again, since Asterisk may write late', async () => {
  const now = seconds(Date.now());
  const gap = { server: 'pbx-east', startTime: now - 5 * minute, endTime: now - minute, reason: 'silent' as const };
  await withTable(postgres, { ...plain, calldate: pgsql.start! }, [callAt(gap.startTime + 1000, 1)]);
  await store.addGap(gap);
  const importer = importFrom(postgres);
  await importer.look();
  expect(importer.progress).toMatchObject({ gapsFilled: 0, added: 1, error: null });
});

it('finds each night what the last days have more in the table', async () => {
  const now = seconds(Date.now());
  const rows = [1, 2, 3].map((n) => callAt(now - n * 24 * hour, n));
  await withTable(mariadb, plain, rows);
  expect(await imported(importFrom(mariadb))).toMatchObject({ added: 3 });
  const late = callAt(now - 2 * 24 * hour + minute, 4);
  await insert(mariadb, 'cdr', plain, [late]);
  const [importer] = open;
  await importer!.look();
  expect((await store.counts()).records).toBe(3);
  jest.spyOn(Date, 'now').mockReturnValue(now + 21 * hour);
  try {
    await importer!.look();
  } finally {
    jest.restoreAllMocks();
  }
  expect(importer!.progress).toMatchObject({ added: 4, checkedAt: now + 21 * hour, error: null });
  expect((await store.counts()).records).toBe(4);
});

describe('what can go wrong is said in words:', () => {
  it.each([
    ['a wrong password', () => mariadb, {}, 'wrong', 'The database rejects the user "grafana"'],
    ['a wrong password', () => postgres, {}, 'wrong', 'The database rejects the user "grafana"'],
    ['no such table', () => mariadb, { table: 'cdrs' }, undefined, /no table "cdrs"|isn't allowed to read "cdrs"/],
    ['no such table', () => postgres, { table: 'cdrs' }, undefined, 'The database "asteriskcdrdb" has no table "cdrs"'],
    ['a table that may not be read', () => mariadb, { table: 'secret' }, undefined, 'GRANT SELECT ON secret'],
    ['a table that may not be read', () => postgres, { table: 'secret' }, undefined, 'GRANT SELECT ON secret'],
    ['no such database', () => mariadb, { database: 'x' }, undefined, 'There is no database "x"'],
    ['no such database', () => postgres, { database: 'x' }, undefined, 'There is no database "x"'],
    [
      'an unknown host',
      () => mariadb,
      { host: 'no-such-host.invalid' },
      undefined,
      'The host "no-such-host.invalid" can\'t be resolved',
    ],
    [
      'a socket of the machine',
      () => postgres,
      { host: '/var/run/postgresql' },
      undefined,
      'is not a host name or address',
    ],
    [
      'a column that is not there',
      () => mariadb,
      { columns: { uniqueid: 'uid' } },
      undefined,
      'There is no column "uid" for uniqueid. Columns found: calldate, clid',
    ],
    ['no TLS', () => mariadb, { tls: true }, undefined, "doesn't support TLS"],
    ['no TLS', () => postgres, { tls: true }, undefined, "doesn't support TLS"],
    ['no server', () => mariadb, { server: '' }, undefined, 'Enter the PBX'],
  ] as const)('%s', async (___, database, changes, password, message) => {
    await withTable(database(), database().type === 'mysql' ? freepbx : pgsql, []);
    await database().run('DROP TABLE IF EXISTS secret');
    await database().run('CREATE TABLE secret (a int)');
    const { error } = await imported(importFrom(database(), changes, password ?? reader.password));
    expect(english(error!)).toMatch(message);
    expect(english(error!)).not.toContain(reader.password);
  });

  it('a table that lacks what tells records apart', async () => {
    await withTable(mariadb, { calldate: freepbx.calldate!, src: freepbx.src! }, []);
    expect(english((await imported(importFrom(mariadb))).error!)).toMatch(
      /The table has no column for dst, channel, dstchannel, lastapp, duration, billsec, disposition, uniqueid\. Columns found: calldate, src\./
    );
  });

  it('nothing that listens', async () => {
    const { error } = await imported(importFrom({ ...mariadb, port: await freePort() }));
    expect(english(error!)).toContain('Nothing listens at 127.0.0.1:');
  });

  it('something that is no database', async () => {
    const server = createServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as { port: number };
    const errors = await Promise.all(
      [postgres, mariadb].map((database) => imported(importFrom({ ...database, port })))
    );
    server.close();
    expect(errors.map(({ error }) => english(error!))).toEqual(
      new Array(2).fill(expect.stringMatching(/Connection (terminated|lost)/))
    );
  });
});

it.each([
  ['MariaDB', () => mariadb, freepbx, openMysqlTable, 'asteriskcdrdb.*', /READ ONLY/],
  ['PostgreSQL', () => postgres, pgsql, openPostgresTable, 'cdr', /read-only transaction/],
] as const)('%s can write nothing, even as a user who may', async (_, database, columns, openTable, what, refusal) => {
  await withTable(database(), columns, cdrs.slice(0, 1));
  await database().run(`GRANT ALL ON ${what} TO ${reader.user}`);
  const { port } = database();
  const place = { host: '127.0.0.1', port, database: 'asteriskcdrdb', table: 'cdr', tls: null };
  const table = await openTable({ ...place, ...reader });
  const { connection } = table as unknown as { connection: SqlConnection };
  await expect(connection.query('DELETE FROM cdr', [], 0, readRows)).rejects.toThrow(refusal);
  await table.close();
  await database().run(`REVOKE ALL ON ${what} FROM ${reader.user}`);
});

it.each([
  ['MariaDB', () => mariadb, freepbx, openMysqlTable, 'calldate'],
  ['PostgreSQL', () => postgres, pgsql, openPostgresTable, 'start'],
] as const)('%s gives rows of one time page by page', async (_, database, columns, openTable, column) => {
  const start = seconds(Date.now()) - hour;
  await withTable(
    database(),
    columns,
    Array.from({ length: 7 }, (__, n) => callAt(start, n))
  );
  const { port } = database();
  const table = await openTable({
    ...{ host: '127.0.0.1', port, database: 'asteriskcdrdb', table: 'cdr', tls: null },
    ...reader,
  });
  const range = { column, from: '2000-01-01 00:00:00', to: '2100-01-01 00:00:00' };
  const [last] = await table.page([column], range, 'last', 1);
  const time = { column, value: last![0]!, order: ['uniqueid', 'channel'] };
  const pages: string[][][] = [];
  for (const offset of [0, 3, 6, 9]) {
    pages.push(await table.pageOfTime(['channel'], time, offset, 3));
  }
  expect(pages.map((rows) => rows.length)).toEqual([3, 3, 1, 0]);
  expect(new Set(pages.flat(2)).size).toBe(7);
  expect(await table.page([column], { ...range, from: last![0]!, isAfter: true }, 'first', 5)).toEqual([]);
  await table.close();
});

describe.each([
  ['MariaDB, with texts for times, as FreePBX has it', () => mariadb, 'varchar(26)', '2026-11-24 13:00:10.754321'],
  ['MariaDB, with times', () => mariadb, 'datetime(6)', '2026-11-24 13:00:10.754321'],
  ['MariaDB, with epoch seconds in texts', () => mariadb, 'varchar(26)', '1795525210.754321'],
  ['PostgreSQL, with times', () => postgres, 'timestamp', '2026-11-24 13:00:10.754321'],
  ['PostgreSQL, with epoch seconds', () => postgres, 'bigint', '1795525210'],
])('a queue_log of %s', (_, database, type, time) => {
  it('gives the visits that it tells of, and of what is added later those too', async () => {
    const { run, type: kind } = database();
    const columns = ['callid', 'queuename', 'agent', 'event', 'data1', 'data2', 'data3', 'data4', 'data5'];
    const quoted = kind === 'mysql' ? '`time`' : '"time"';
    await run('DROP TABLE IF EXISTS queue_log');
    await run(
      `CREATE TABLE queue_log (${quoted} ${type}, ${columns.map((name) => `${name} varchar(100)`).join(', ')})`
    );
    await run(`GRANT SELECT ON queue_log TO ${reader.user}`);
    const put = (at: string, ...values: string[]): Promise<void> =>
      run(
        `INSERT INTO queue_log (${[quoted, ...columns.slice(0, values.length)].join(', ')}) ` +
          `VALUES (${[at, ...values].map((value) => `'${value}'`).join(', ')})`
      );
    const caller = '1795525210.7';
    await put(time, caller, 'support', 'NONE', 'ENTERQUEUE', '', '5551234', '1');
    await put(time, caller, 'support', 'PJSIP/1001', 'CONNECT', '0', '1795525210.8', '0');
    const importer = importFrom(database(), { kind: 'queue_log' });
    expect(await imported(importer)).toMatchObject({ state: 'done', error: null, done: 2, added: 1, problems: {} });
    await put(time, caller, 'support', 'PJSIP/1001', 'COMPLETECALLER', '0', '60', '1');
    expect(await imported(importer)).toMatchObject({ state: 'done', error: null, done: 3 });
    const { rows } = await store.selectCalls(all);
    expect(rows).toMatchObject([
      { outcome: 'answered', agent: '1001', queue: 'support', source: '5551234', talkTime: 60 },
    ]);
  });
});
