import { PostgresEngine } from '../../src/store/postgres/postgres-engine';
import { storeSuite } from '../store-suite/store-suite';
import { PostgresStores } from '../support/postgres-stores';

let stores: PostgresStores;
beforeAll(async () => {
  stores = await PostgresStores.start();
});
afterEach(() => stores.forgetNames());
afterAll(() => stores.stop());

storeSuite((wanted) => stores.open(wanted), PostgresEngine.supports);
