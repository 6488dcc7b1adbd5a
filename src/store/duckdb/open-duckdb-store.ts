import type { Derivation } from '../../cdr/derivation';
import type { CallStore } from '../call-store';
import { openCallStore, type CallStoreOptions } from '../open-call-store';
import { DuckDbEngine } from './duckdb-engine';

export interface DuckDbStoreOptions extends CallStoreOptions {
  /** Hears what an Admin should know of the file, for the log. */
  onNotice?: (notice: string) => void;
}

/**
 * A store in one DuckDB file.
 * @throws Error when the file can't be opened, is locked by another process or is of a newer version
 */
export async function openDuckDbStore(
  path: string,
  derivation: Derivation,
  { onNotice, ...options }: DuckDbStoreOptions = {}
): Promise<CallStore> {
  return openCallStore(await DuckDbEngine.open(path, onNotice), derivation, options);
}
