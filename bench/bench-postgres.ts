import type { PoolConfig } from 'pg';
import { startPostgresServer } from '../tests/support/postgres-server';

/** As docs/postgres.md advises for 8 GB of memory; what is committed is on disk. */
const settings = [
  ...['shared_buffers=2GB', 'effective_cache_size=6GB', 'max_wal_size=4GB', 'random_page_cost=1.1'],
  ...['fsync=on', 'synchronous_commit=on', 'timezone=UTC'],
];

/** A PostgreSQL of its own for the stores of a run. */
export interface BenchPostgres {
  /** Its folders and files can be read by the server's user. */
  address: PoolConfig;
  stop: () => Promise<void>;
}

/** @throws Error when PostgreSQL is not installed or can't be started (it needs root, to run as its own user) */
export async function startBenchPostgres(): Promise<BenchPostgres> {
  const { address, stop } = await startPostgresServer({ settings });
  return { address, stop };
}
