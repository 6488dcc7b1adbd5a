import { openPostgresStore } from '../../src/store/postgres/open-postgres-store';
import type { Store } from '../../src/store/store';
import { cdrRecord, defaultDerivation, noon } from '../support/cdr-builders';
import { inCluster, startStoreServer, type StoreServer } from '../support/store-server';

const hour = 3_600_000;

let server: StoreServer;
let stores: Store[];
beforeAll(async () => {
  server = await startStoreServer();
});
beforeEach(() => (stores = []));
afterEach(async () => {
  await Promise.all(stores.map((store) => store.close()));
  await server.run('DROP SCHEMA IF EXISTS formed CASCADE');
});
afterAll(() => server.stop());

async function open(citus: boolean): Promise<Store> {
  const store = await openPostgresStore(server.pool(), defaultDerivation, { schema: 'formed', citus });
  stores.push(store);
  return store;
}

/** Another process spreads the store over a cluster; without one, what that does to sums of calls. */
async function spread(): Promise<void> {
  if (inCluster) {
    await open(true);
  } else {
    await server.run('DROP FUNCTION formed.keep_call_sums() CASCADE');
    await server.run('DROP TABLE formed.call_sum');
  }
}

const plan = {
  from: noon - hour,
  to: noon + hour,
  filters: {},
  groupBy: ['direction'] as const,
  buckets: null,
  clock: null,
  serviceLevelThreshold: 20,
};
const ranking = { formula: { part: { calls: 1 } }, facts: ['call'], count: 1 } as const;

/** How many calls a store finds, and whether it reads them from the sums that are kept. */
async function callsOf(store: Store): Promise<{ calls: number; fromSums: boolean }> {
  const { rows, sql } = await store.sum(plan, ['calls']);
  return { calls: rows.reduce((sum, { sums }) => sum + sums.calls, 0), fromSums: sql.includes('call_sum') };
}

describe('a store that is open while another process spreads it', () => {
  it('sums calls itself from then on', async () => {
    const store = await open(false);
    await store.add({ records: [cdrRecord()], events: [] });
    expect(await callsOf(store)).toEqual({ calls: 1, fromSums: true });
    await spread();
    const found = await Promise.all([callsOf(store), callsOf(store), callsOf(store)]);
    expect(found).toEqual(Array(3).fill({ calls: 1, fromSums: false }));
    await store.add({ records: [cdrRecord({ uniqueId: '2.1', linkedId: '2.1', channel: 'PJSIP/b' })], events: [] });
    expect(await callsOf(store)).toEqual({ calls: 2, fromSums: false });
  });

  it('finds the highest groups', async () => {
    const store = await open(false);
    await store.add({ records: [cdrRecord()], events: [] });
    await spread();
    expect((await store.highest(plan, ranking)).rows).toHaveLength(1);
  });
});

if (!inCluster) {
  test('sums that are kept again are read again, once the store has been counted', async () => {
    const store = await open(false);
    await store.add({ records: [cdrRecord()], events: [] });
    await server.run('ALTER TABLE formed.call_sum RENAME TO away');
    expect(await callsOf(store)).toEqual({ calls: 1, fromSums: false });
    await server.run('ALTER TABLE formed.away RENAME TO call_sum');
    expect(await callsOf(store)).toEqual({ calls: 1, fromSums: false });
    await store.counts();
    expect(await callsOf(store)).toEqual({ calls: 1, fromSums: true });
  });
}
