import { measures, type Fact, type Measure } from '../../src/cdr/measures';
import type { StatisticsPlan } from '../../src/cdr/sum-facts';
import { openPostgresStore } from '../../src/store/postgres/open-postgres-store';
import { postgresDialect } from '../../src/store/postgres/postgres-dialect';
import { Binds } from '../../src/store/sql/binds';
import { sumSql } from '../../src/store/sql/sum-sql';
import { cdrRecord, defaultDerivation, noon } from '../support/cdr-builders';
import { startPostgresServer, type PostgresServer } from '../support/postgres-server';

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgresServer();
  const store = await openPostgresStore(server.pool(), defaultDerivation, { schema: 'public', citus: false });
  await store.add({
    records: [cdrRecord({ startTime: noon, lastApplication: 'Queue', lastData: 'support' })],
    events: [],
  });
  await store.close();
  await server.run('VACUUM');
  for (const other of ['seqscan', 'bitmapscan', 'sort']) {
    await server.run(`SET enable_${other} = off`);
  }
});
afterAll(() => server.stop());

/** How each part of a table is read for all measures of a kind of facts. */
async function scansOf(fact: Fact, groupBy: ReadonlyArray<'server' | 'queue' | 'agent'>): Promise<string[]> {
  const binds = new Binds(postgresDialect);
  const plan: StatisticsPlan = {
    from: noon - 1_000,
    to: noon + 1_000,
    filters: {},
    groupBy,
    buckets: { width: 3_600_000, stretches: [{ until: Infinity, offset: 0 }] },
    clock: null,
    serviceLevelThreshold: 20,
  };
  const wanted = (Object.keys(measures) as Measure[]).filter((measure) => measures[measure] === fact);
  const sql = sumSql(fact, plan, wanted, binds);
  const rows = await server.run(`EXPLAIN (COSTS OFF) ${sql}`, binds.values);
  return rows.flatMap((row) => /(\w+ )*Scan(?= using)|Seq Scan/.exec(String(row['QUERY PLAN']))?.[0] ?? []);
}

describe.each(['call', 'visit', 'leg'] as const)('all measures of a %s', (fact) => {
  it.each([[[]], [['server', 'queue', 'agent'] as const]])(
    'by hour and %j are summed from an index alone',
    async (groupBy) => {
      expect(new Set(await scansOf(fact, groupBy))).toEqual(new Set(['Index Only Scan']));
    }
  );
});
