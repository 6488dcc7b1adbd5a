import type { RowSelection } from '../../src/answers/answer-store';
import type { CallParts } from '../../src/cdr/call-parts';
import type { Derivation } from '../../src/cdr/derivation';
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
