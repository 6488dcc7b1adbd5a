import { PostgresEngine } from '../../src/store/postgres/postgres-engine';
import { storeSuite } from '../store-suite/store-suite';
import { PostgresStores } from '../support/postgres-stores';
import { stepsBetweenNodes } from '../support/steps-between-nodes';
import { inCluster } from '../support/store-server';

let stores: PostgresStores;
beforeAll(async () => {
  stores = await PostgresStores.start();
});
afterEach(() => stores.forgetNames());
afterAll(() => stores.stop());

storeSuite((wanted) => stores.open(wanted), PostgresEngine.supports);

if (inCluster) {
  test('each node answers from its own rows all that was asked above, but for steps of few rows', async () => {
    const steps = Object.entries(stepsBetweenNodes);
    const all = await stores.detours();
    const detours = all.filter((one) => one.detours.length > 0);
    expect(detours.filter(({ statement }) => !steps.some(([, of]) => of.test(statement)))).toEqual([]);
    expect(steps.filter(([, of]) => !detours.some(({ statement }) => of.test(statement)))).toEqual([]);
    console.log(`${all.length} statements, ${detours.length} of them in steps`);
  }, 600_000);

  test.each([
    ['aggregated by the coordinator', 'SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY talk_time) FROM call'],
    ['subplan', 'SELECT f.server FROM record f JOIN (SELECT max(key) AS key FROM call) c USING (key)'],
  ])('a statement that is %s is noticed', async (detour, text) => {
    expect(await stores.detoursOf(text)).toEqual([detour]);
  });
}
