import type { RowSelection } from '../../src/answers/answer-store';
import type { CallParts } from '../../src/cdr/call-parts';
import type { Derivation } from '../../src/cdr/derivation';
import type { Measure } from '../../src/cdr/measures';
import type { CallStoreOptions } from '../../src/store/open-call-store';
import type { Store } from '../../src/store/store';

export interface StoreWanted extends CallStoreOptions {
  /** The same name within a test opens the same store; one without a name is empty, and gone when it is closed. */
  name?: string;
  /** The default one where none is given. */
  derivation?: Derivation;
}

/** Opens a store on the engine that the suite tests. */
export type OpenStore = (wanted?: StoreWanted) => Promise<Store>;

/** A store that is opened again. */
export const named: StoreWanted = { name: 'test' };

/** All rows, the earliest first. */
export const all: RowSelection = {
  from: 0,
  to: Number.MAX_SAFE_INTEGER,
  filters: {},
  limit: 1000,
  offset: 0,
  sortBy: 'startTime',
  sortOrder: 'asc',
};

/** What a task finds in a store of these batches. Answers come from the engine, and not from memory. */
export async function withStore<T>(
  open: OpenStore,
  batches: readonly CallParts[],
  task: (store: Store) => Promise<T>
): Promise<T> {
  const store = await open({ recentCalls: 0 });
  try {
    for (const batch of batches) {
      await store.add(batch);
    }
    return await task(store);
  } finally {
    await store.close();
  }
}

/** All records and calls of a store: rows that began together come in any order. */
export async function allRowsOf(store: Store) {
  return {
    records: new Set((await store.selectRecords(all)).rows),
    calls: new Set((await store.selectCalls(all)).rows),
  };
}

/** Sums over all that is stored. */
export async function sumsOf(store: Store, wanted: readonly Measure[]): Promise<Record<string, number>> {
  const { from, to, filters } = all;
  const plan = { from, to, filters, groupBy: [], buckets: null, clock: null, serviceLevelThreshold: 20 };
  const { rows } = await store.sum(plan, wanted);
  return Object.fromEntries(wanted.map((measure) => [measure, rows.reduce((sum, { sums }) => sum + sums[measure], 0)]));
}
