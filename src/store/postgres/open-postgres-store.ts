import type { Pool } from 'pg';
import type { Derivation } from '../../cdr/derivation';
import type { CallStore } from '../call-store';
import { openCallStore } from '../open-call-store';
import { PostgresEngine, type PostgresOptions } from './postgres-engine';

/**
 * A store in one schema of a PostgreSQL database.
 * @throws Error when the database can't be reached or the schema is of a newer version
 */
export async function openPostgresStore(
  pool: Pool,
  derivation: Derivation,
  options: PostgresOptions
): Promise<CallStore> {
  return openCallStore(await PostgresEngine.open(pool, options), derivation);
}
