import type { Derivation } from '../cdr/derivation';
import { CallStore } from './call-store';
import type { StoreEngine } from './engine';
import { RecentCallsEngine } from './recent-calls-engine';

export interface CallStoreOptions {
  /** Calls that are kept in memory besides. */
  recentCalls?: number;
}

/** A store on an engine, which is the store's own from then on. */
export function openCallStore(
  engine: StoreEngine,
  derivation: Derivation,
  { recentCalls = 1_000 }: CallStoreOptions = {}
): CallStore {
  const keeps = recentCalls > 0 && !engine.supports.severalWriters;
  return new CallStore(keeps ? new RecentCallsEngine(engine, derivation.rules, recentCalls) : engine, derivation);
}
