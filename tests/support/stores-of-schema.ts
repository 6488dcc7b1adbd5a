import { openPostgresStore } from '../../src/store/postgres/open-postgres-store';
import type { PostgresOptions } from '../../src/store/postgres/postgres-engine';
import type { Store } from '../../src/store/store';
import { defaultDerivation } from './cdr-builders';
import { startStoreServer, type StoreServer } from './store-server';

/** Opens stores of one schema, which every test of a file begins without, on a server of the file's own. */
export function storesOfSchema(schema: string) {
  let server: StoreServer;
  const stores = new Set<Store>();
  const close = async (store: Store): Promise<void> => {
    stores.delete(store);
    await store.close();
  };
  beforeAll(async () => {
    server = await startStoreServer();
  });
  afterEach(async () => {
    await Promise.all([...stores].map(close));
    await server.run(`DROP SCHEMA IF EXISTS ${schema} CASCADE`);
  });
  afterAll(() => server.stop());
  return {
    /** Spread over the cluster where there is one, unless told otherwise. */
    open: async (options: Partial<PostgresOptions> = {}): Promise<Store> => {
      const store = await openPostgresStore(server.pool(), defaultDerivation, {
        schema,
        citus: server.citus,
        ...options,
      });
      stores.add(store);
      return store;
    },
    /** Before the test ends. */
    close,
    run: (...statement: Parameters<StoreServer['run']>) => server.run(...statement),
  };
}
