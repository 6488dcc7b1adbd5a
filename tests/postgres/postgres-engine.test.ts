import type { Pool } from 'pg';
import { postgresDialect } from '../../src/store/postgres/postgres-dialect';
import { PostgresEngine } from '../../src/store/postgres/postgres-engine';
import type { Binds } from '../../src/store/sql/binds';
import { SqlQuestions } from '../../src/store/sql/sql-questions';
import { openCallStore } from '../../src/store/open-call-store';
import type { Store } from '../../src/store/store';
import { cdrRecord, defaultDerivation, noon } from '../support/cdr-builders';
import { inCluster, startStoreServer, type StoreServer } from '../support/store-server';
import { all } from '../store-suite/open-store';

const day = 86_400_000;

let server: StoreServer;
let made = 0;
let schema: string;
beforeAll(async () => {
  server = await startStoreServer();
});
afterAll(() => server.stop());
beforeEach(() => {
  schema = `engine_${made++}`;
});
afterEach(() => server.run(`DROP SCHEMA IF EXISTS ${schema} CASCADE`));

async function open(pool: Pool = server.pool()): Promise<Store> {
  return openCallStore(await PostgresEngine.open(pool, { schema, citus: server.citus }), defaultDerivation);
}

/** Calls of one record each, the first at an instant and each other so much later. */
const callsFrom = (time: number, count: number, apart = 1000) =>
  Array.from({ length: count }, (_, n) => {
    const startTime = time + n * apart;
    const id = `${startTime / 1000}.${n}`;
    return cdrRecord({
      uniqueId: id,
      linkedId: id,
      channel: `PJSIP/trunk-${id}`,
      startTime,
      endTime: startTime + 9_000,
    });
  });

async function partsOf(table: string): Promise<string[]> {
  const rows = await server.run(
    "SELECT replace(inhrelid::regclass::text, $1 || '.', '') AS name FROM pg_inherits WHERE inhparent = ($1 || '.' || $2)::regclass ORDER BY name",
    [schema, table]
  );
  return rows.map(({ name }) => String(name));
}

const rowsIn = async (table: string): Promise<number> =>
  Number((await server.run(`SELECT count(*) AS rows FROM ${schema}.${table}`))[0]!.rows);

describe('months of a store in PostgreSQL', () => {
  const june = Date.UTC(2026, 5, 10);
  const julyStart = Date.UTC(2026, 6, 1);

  it('have a part of each table that they have rows of, which the retention drops as a whole', async () => {
    const store = await open();
    await store.add({ records: [...callsFrom(june, 5), ...callsFrom(julyStart + 3 * day, 4, day)], events: [] });
    expect(await partsOf('record')).toEqual(['record_2026_06', 'record_2026_07', 'record_undated']);
    expect(await partsOf('call')).toEqual(['call_2026_06', 'call_2026_07', 'call_undated']);
    expect(await partsOf('queue_event')).toEqual(['queue_event_undated']);
    expect(await store.removeBefore(julyStart + 4 * day)).toBe(6);
    expect(await partsOf('record')).toEqual(['record_2026_07', 'record_undated']);
    expect(await store.counts()).toMatchObject({ records: 3, calls: 3 });
    await store.close();
  });

  it('that cannot be made while rows are read are made later, and nothing waits or is lost', async () => {
    const store = await open();
    await store.add({ records: callsFrom(june, 3), events: [] });
    await store.scan('records', all, async (scan) => {
      await scan.pages()[Symbol.asyncIterator]().next();
      await store.add({ records: callsFrom(julyStart, 3), events: [] });
      expect(await rowsIn('record_undated')).toBe(3);
      expect(await store.removeBefore(julyStart)).toBe(3);
    });
    expect((await store.selectRecords(all)).rows).toHaveLength(3);
    await store.close();
    const again = await open();
    await again.add({ records: callsFrom(julyStart + day, 2), events: [] });
    expect([await rowsIn('record_undated'), await rowsIn('record_2026_07')]).toEqual([0, 5]);
    expect(await again.counts()).toMatchObject({ records: 5, calls: 5 });
    await again.close();
  });

  it('of a write that was undone are made by the next one', async () => {
    const store = await open();
    const records = callsFrom(june, 3);
    const broken = { ...records[2]!, custom: { Big: 1n as unknown as string } };
    await store.add({ records: [...records.slice(0, 2), broken], events: [] });
    expect(await partsOf('record')).toEqual(['record_2026_06', 'record_undated']);
    expect([await rowsIn('record_2026_06'), await rowsIn('record_undated')]).toEqual([2, 0]);
    await store.close();
  });

  it('are not made for what a wild clock tells', async () => {
    const store = await open();
    await store.add({ records: callsFrom(Date.UTC(2970, 0), 2), events: [] });
    expect(await partsOf('record')).toEqual(['record_undated']);
    expect((await store.selectRecords(all)).rows).toHaveLength(2);
    await store.close();
  });
});

describe('processes that write at the same time', () => {
  it('make one call of what each has of it, once', async () => {
    const stores = await Promise.all([open(), open(), open()]);
    const legs = Array.from({ length: 30 }, (_, sequence) => cdrRecord({ sequence }));
    const shares = stores.map((store, index) =>
      Promise.all(
        Array.from({ length: 10 }, (_, n) =>
          store.add({ records: legs.slice(n * 2 + index, n * 2 + index + 8), events: [] })
        )
      )
    );
    const changed = (await Promise.all(shares)).flat(2);
    expect(changed.flatMap(({ freshRecords }) => freshRecords.map(({ sequence }) => sequence)).sort()).toEqual(
      legs
        .slice(0, 28)
        .map(({ sequence }) => sequence)
        .sort()
    );
    expect((await stores[0]!.selectCalls(all)).rows).toMatchObject([{ records: 28 }]);
    expect(await stores[1]!.counts()).toMatchObject({ records: 28, calls: 1 });
    await Promise.all(stores.map((store) => store.close()));
  });
});

test('suggestions are made of the newest calls', async () => {
  const store = await open();
  const records = callsFrom(noon, 6).map((record, n) => ({ ...record, accountCode: n < 4 ? 'old' : `new ${n}` }));
  await store.add({ records, events: [] });
  const asker = {
    rows: (sql: string, values: Binds['values']) =>
      server.run(sql.replaceAll(' call f', ` ${schema}.call f`), [...values]),
  };
  const suggested = (suggestsFrom: number | null) =>
    new SqlQuestions(asker, { dialect: { ...postgresDialect, suggestsFrom } }).suggest('accountCode', {});
  expect(await suggested(2)).toEqual(['new 4', 'new 5']);
  expect(await suggested(6)).toEqual(['old', 'new 4', 'new 5']);
  expect(await suggested(7)).toEqual(['old', 'new 4', 'new 5']);
  expect(await store.suggest('accountCode', {})).toEqual(['old', 'new 4', 'new 5']);
  await store.close();
});

test('of very many records and calls, the store says about how many, by what the server knows without counting', async () => {
  const store = await open();
  await store.add({ records: callsFrom(noon, 3), events: [] });
  const know = (table: string, rows: number) =>
    server.run('UPDATE pg_class SET reltuples = $1 WHERE relnamespace = $2::regnamespace AND relname = $3', [
      rows,
      schema,
      table,
    ]);
  await know('record_undated', 5_000_000);
  expect(await store.counts()).toMatchObject({ records: 3, calls: 3 });
  await server.run(
    `INSERT INTO ${schema}.record (server, linked_id, key) SELECT 'pbx', n::text, n FROM generate_series(1, 100000) n`
  );
  await know('record_undated', 5_000_000);
  const [{ name }] = (await server.run(
    "SELECT relname AS name FROM pg_class WHERE relnamespace = $1::regnamespace AND relname ~ '^record_2'  AND relkind = 'r'",
    [schema]
  )) as [{ name: string }];
  await know(name, 2_000_000);
  // Of a cluster the shards are asked, whose statistics this does not change.
  expect(await store.counts()).toMatchObject({ records: inCluster ? 100_003 : 7_000_000, calls: 3 });
  await know('record_undated', -1);
  await know(name, 0);
  expect(await store.counts()).toMatchObject({ records: 100_003 });
  await store.close();
});

describe('a question to PostgreSQL', () => {
  const slow = 'SELECT count(*) AS rows FROM pg_sleep(60)';
  const running = async () =>
    Number(
      (
        await server.run(
          "SELECT count(*) AS n FROM pg_stat_activity WHERE state = 'active' AND query LIKE '%FROM call f%' AND pid <> pg_backend_pid()"
        )
      )[0]!.n
    );
  const untilRunning = async (wanted: number): Promise<void> => {
    while ((await running()) !== wanted) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };

  async function askSlowly(store: Store, signal: AbortSignal): Promise<unknown> {
    return store.selectCalls(all, signal).catch((error: unknown) => error);
  }

  it('whose signal aborts is ended on the server, and the next one is answered', async () => {
    const store = await open(server.pool({ max: 4 }));
    await store.add({ records: [cdrRecord()], events: [] });
    await server.run(`ALTER TABLE ${schema}.call RENAME TO call_kept`);
    await server.run(`CREATE VIEW ${schema}.call AS SELECT c.* FROM ${schema}.call_kept c, (${slow}) s`);
    const abort = new AbortController();
    const asked = [askSlowly(store, abort.signal), askSlowly(store, abort.signal)];
    await untilRunning(1);
    abort.abort(new Error('Nobody waits for it.'));
    expect(await Promise.all(asked)).toEqual([abort.signal.reason, abort.signal.reason]);
    await untilRunning(0);
    await server.run(`DROP VIEW ${schema}.call`);
    await server.run(`ALTER TABLE ${schema}.call_kept RENAME TO call`);
    expect((await store.selectCalls(all)).rows).toHaveLength(1);
    await store.close();
  });

  it('leaves nothing on its connection that another user of the connection would see', async () => {
    const pool = server.pool({ max: 1 });
    // A migration is written in PL/pgSQL, whose settings are shown once it was used.
    await pool.query('DO $$ BEGIN END $$');
    const { rows: before } = await pool.query('SHOW ALL');
    const store = await open(pool);
    await store.add({ records: callsFrom(noon, 3), events: [] });
    await store.selectCalls(all);
    await store.scan('calls', all, async (scan) => {
      for await (const page of scan.pages()) {
        expect(page).toHaveLength(3);
      }
    });
    const { rows: after } = await pool.query('SHOW ALL');
    expect(after).toEqual(before);
    const { rows: left } = await pool.query(
      'SELECT (SELECT count(*) FROM pg_prepared_statements) AS statements, (SELECT count(*) FROM pg_cursors) AS cursors, ' +
        "(SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()) AS locks, " +
        "(SELECT count(*) FROM pg_class WHERE relpersistence = 't') AS temporary"
    );
    expect(left).toEqual([{ statements: '0', cursors: '0', locks: '0', temporary: '0' }]);
    await store.close();
  });
});

test('a database that does not keep every character is refused with what to do', async () => {
  await server.run('DROP DATABASE IF EXISTS latin');
  await server.run("CREATE DATABASE latin ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0");
  await expect(open(server.pool({ database: 'latin' }))).rejects.toThrow('has the encoding LATIN1, a store needs UTF8');
});
