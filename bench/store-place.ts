import { Pool, type PoolConfig } from 'pg';
import { openDuckDbStore } from '../src/store/duckdb/open-duckdb-store';
import { openPostgresStore } from '../src/store/postgres/open-postgres-store';
import type { Store } from '../src/store/store';
import { defaultDerivation } from '../tests/support/cdr-builders';

export interface PostgresPlace {
  address: PoolConfig;
  schema: string;
}

/** Where a store is: in a file of DuckDB, or in a schema of PostgreSQL. */
export type StorePlace = { file: string } | PostgresPlace;

/** Opens a store as the server part does. */
export async function openAt(place: StorePlace): Promise<Store> {
  const store =
    'file' in place
      ? await openDuckDbStore(place.file, defaultDerivation)
      : await openPostgresStore(new Pool({ ...place.address, pipeline: true }), defaultDerivation, {
          schema: place.schema,
          citus: false,
        });
  // By then the calls that are kept at hand are read, which a start does beside the first questions.
  await store.add({ records: [], events: [] });
  return store;
}
