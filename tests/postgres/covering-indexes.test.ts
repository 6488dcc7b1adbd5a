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

/** How all measures of a kind of facts are summed by hour. */
async function planOf(fact: Fact, groupBy: ReadonlyArray<'server' | 'queue' | 'agent'>): Promise<string> {
  // Where Citus spreads calls, and for what no sums are kept of.
  const binds = new Binds({ ...postgresDialect, keepsSums: false });
  const plan: StatisticsPlan = {
    from: noon - 1_000,
    to: noon + 200_000_000,
    filters: {},
    groupBy,
    buckets: { width: 3_600_000, stretches: [{ until: Infinity, offset: 0 }] },
    clock: null,
    serviceLevelThreshold: 20,
  };
  const wanted = (Object.keys(measures) as Measure[]).filter((measure) => measures[measure] === fact);
  const rows = await server.run(`EXPLAIN (COSTS OFF) ${sumSql(fact, plan, wanted, binds)}`, binds.values);
  return rows.map((row) => String(row['QUERY PLAN'])).join('\n');
}

describe.each(['call', 'visit', 'leg', 'transfer'] as const)('all measures of a %s', (fact) => {
  it.each([[[]], [['server', 'queue', 'agent'] as const]])(
    'by hour and %j are summed from an index alone',
    async (groupBy) => {
      const scans = (await planOf(fact, groupBy)).match(/(\w+ )*Scan(?= using)|Seq Scan/g);
      expect(new Set(scans)).toEqual(new Set(['Index Only Scan']));
    }
  );
});

test('sums by hour are made in parallel, though the whole table was analysed', async () => {
  await server.run(
    `INSERT INTO call (server, linked_id, start_time, outcome, key)
      SELECT 'pbx', n::text, ${noon} + n * 1000, 'answered', n FROM generate_series(1, 100000) n`
  );
  await server.run('VACUUM ANALYZE');
  await server.run('RESET enable_sort');
  expect(await planOf('call', [])).toContain('Partial HashAggregate');
});
