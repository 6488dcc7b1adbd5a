import { distribute, places } from '../../src/store/postgres/distribute';
import { migrations } from '../../src/store/postgres/migrations';
import { openPostgresStore } from '../../src/store/postgres/open-postgres-store';
import { inTransaction } from '../../src/store/postgres/session';
import type { Store } from '../../src/store/store';
import { sumsOf } from '../store-suite/open-store';
import { cdrRecord, defaultDerivation, noon } from '../support/cdr-builders';
import { inCluster, startStoreServer, type StoreServer } from '../support/store-server';

let server: StoreServer;
let store: Store | null = null;
beforeAll(async () => {
  server = await startStoreServer();
});
afterEach(async () => {
  await store?.close();
  store = null;
  await server.run('DROP SCHEMA IF EXISTS older CASCADE');
});
afterAll(() => server.stop());

/** A store as an older version of the plugin left it, with one call that was answered. */
async function leave(version: number, isSpread: boolean): Promise<void> {
  const pool = server.pool({ max: 1 });
  const settings: Record<string, string> = inCluster ? { 'citus.multi_shard_modify_mode': 'sequential' } : {};
  const kind = { mode: 'READ WRITE', schema: 'older', settings, statementMs: 60_000 } as const;
  await inTransaction(pool, kind, async (session) => {
    for (const statement of ['CREATE SCHEMA older', ...migrations.slice(0, version).flat()]) {
      await session.run(statement);
    }
    await session.run(`CREATE TABLE schema_version AS SELECT ${version} AS version`);
    await session.run(
      'INSERT INTO call (server, linked_id, linked_id_mapped, start_time, outcome, direction, key, records) ' +
        "VALUES ('pbx', 'old', true, $1, 'answered', 'inbound', 1, 1)",
      [noon - 60_000]
    );
    if (isSpread) {
      const { rows } = await session.run("SELECT tablename AS name FROM pg_tables WHERE schemaname = 'older'");
      const made = new Set(rows.map(({ name }) => name));
      const moved = Object.keys(places).filter((table) => made.has(table) && places[table] !== 'on the coordinator');
      await distribute(session, moved);
    }
  });
  await pool.end();
}

describe.each(inCluster ? [false, true] : [false])('where calls are spread before: %p', (isSpread) => {
  it.each([1, 11, migrations.length - 1])('a store of version %i is opened with its calls', async (version) => {
    await leave(version, isSpread);
    store = await openPostgresStore(server.pool(), defaultDerivation, { schema: 'older', citus: server.citus });
    await store.add({ records: [cdrRecord()], events: [] });
    expect(await sumsOf(store, ['calls', 'answered', 'offered', 'handled', 'transfers'])).toEqual({
      calls: 2,
      answered: 2,
      offered: 0,
      handled: 1,
      transfers: 0,
    });
    expect(await store.counts()).toMatchObject({ records: 1, calls: 2 });
  });
});
