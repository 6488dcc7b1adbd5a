import type { PbxClocks } from '../../cdr/pbx-clocks';
import { isHolder, type SharedStore } from '../../store/store';

export interface HistoryDeriverOptions {
  clocks: Pick<PbxClocks, 'recall'>;
  /** Works on the store; throws while there is none. */
  run: <T>(task: (store: Pick<SharedStore, 'clocks' | 'sharing'>) => Promise<T>) => Promise<T>;
  onFailed: (error: unknown) => void;
}

/**
 * Makes history anew where other rules made it. Of processes that share a store, the one that holds the lease does; one
 * that takes over goes on where it was.
 */
export class HistoryDeriver {
  /** How many of how many stored calls are derived again; null when history is as the settings say. */
  progress: { done: number; total: number } | null = null;
  private running: Promise<void> = Promise.resolve();

  constructor(private readonly options: HistoryDeriverOptions) {}

  /** The store is open, or this process writes to it from now on. Resolves when nothing is left to do, or it failed. */
  look(): Promise<void> {
    this.running = this.running
      .then(() => this.derive())
      .catch((error: unknown) => this.options.onFailed(error))
      .finally(() => (this.progress = null));
    return this.running;
  }

  private derive(): Promise<void> {
    const { clocks, run } = this.options;
    return run(async (store) => {
      if (isHolder(store)) {
        await store.deriveAgain((done, total) => (this.progress = { done, total }));
      }
      clocks.recall(await store.clocks());
    });
  }
}
