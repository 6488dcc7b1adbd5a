import path from 'node:path';
import { readCases } from '../../tools/cases/read-case';
import { runCase } from '../../tools/cases/run-case';
import { PostgresStores } from '../support/postgres-stores';

let stores: PostgresStores;
beforeAll(async () => {
  stores = await PostgresStores.start();
});
afterAll(() => stores.stop());

test('every case of the field gives the figures that it must, from PostgreSQL', async () => {
  const wrong: object[] = [];
  let checks = 0;
  for (const one of await readCases(path.join(__dirname, '../cases'))) {
    const results = await runCase(one, { name: 'PostgreSQL', open: (derivation) => stores.open({ derivation }) });
    checks += results.length;
    wrong.push(
      ...results.filter(({ passed }) => !passed).map(({ check, found }) => ({ case: one.name, check, found }))
    );
  }
  expect(wrong).toEqual([]);
  expect(checks).toBeGreaterThan(500);
}, 600_000);
