import type { Store } from '../../src/store/store';
import { cdrRecord, noon } from '../support/cdr-builders';
import { inCluster } from '../support/store-server';
import { storesOfSchema } from '../support/stores-of-schema';

const hour = 3_600_000;

const { open, run } = storesOfSchema('formed');

/** Another process spreads the store over a cluster; without one, what that does to sums of calls. */
async function spread(): Promise<void> {
  if (inCluster) {
    await open({ citus: true });
  } else {
    await run('DROP FUNCTION formed.keep_call_sums() CASCADE');
    await run('DROP TABLE formed.call_sum');
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
    const store = await open({ citus: false });
    await store.add({ records: [cdrRecord()], events: [] });
    expect(await callsOf(store)).toEqual({ calls: 1, fromSums: true });
    await spread();
    const found = await Promise.all([callsOf(store), callsOf(store), callsOf(store)]);
    expect(found).toEqual(Array(3).fill({ calls: 1, fromSums: false }));
    await store.add({ records: [cdrRecord({ uniqueId: '2.1', linkedId: '2.1', channel: 'PJSIP/b' })], events: [] });
    expect(await callsOf(store)).toEqual({ calls: 2, fromSums: false });
  });

  it('finds the highest groups', async () => {
    const store = await open({ citus: false });
    await store.add({ records: [cdrRecord()], events: [] });
    await spread();
    expect((await store.highest(plan, ranking)).rows).toHaveLength(1);
  });
});

if (!inCluster) {
  test('sums that are kept again are read again, once the store has been counted', async () => {
    const store = await open({ citus: false });
    await store.add({ records: [cdrRecord()], events: [] });
    await run('ALTER TABLE formed.call_sum RENAME TO away');
    expect(await callsOf(store)).toEqual({ calls: 1, fromSums: false });
    await run('ALTER TABLE formed.away RENAME TO call_sum');
    expect(await callsOf(store)).toEqual({ calls: 1, fromSums: false });
    await store.counts();
    expect(await callsOf(store)).toEqual({ calls: 1, fromSums: true });
  });
}
