import type { LearnedNames } from '../../cdr/learned-names';
import { isHolder, type SharedStore } from '../../store/store';

/** Names change seldom: a crash takes those of this time at most. Milliseconds. */
const keepMs = 30_000;

type NameStore = Pick<SharedStore, 'names' | 'sharing'>;

export interface NameKeeperOptions {
  names: LearnedNames;
  /** Throws while there is no store. */
  store: () => NameStore;
  /** Writes as soon as the store takes it. */
  put: (write: (store: NameStore) => Promise<void>) => void;
}

/** Stores the names that were learned, and recalls those of before. */
export class NameKeeper {
  private readonly timer = setInterval(() => void this.step(), keepMs);
  /** Null until what a run before this one knew is known, so that nothing takes its place. */
  private kept: number | null = null;

  constructor(private readonly options: NameKeeperOptions) {}

  /** Again with each store that is opened: what it lacks is put into it. */
  async recall(): Promise<void> {
    const { names, store } = this.options;
    names.recall(await store().names());
    this.kept = -1;
  }

  /** Of those who share the store, the one that does not write may hear less than the one that does. */
  private async step(): Promise<void> {
    try {
      if (this.kept !== null && !isHolder(this.options.store())) {
        this.options.names.recall(await this.options.store().names());
      }
    } catch {
      // What is wrong with the store is said where it takes nothing.
    }
    this.keep();
  }

  keep(): void {
    const { names, put } = this.options;
    const { lessons } = names;
    if (this.kept === null || this.kept === lessons) {
      return;
    }
    this.kept = lessons;
    put(async (store) => {
      // Whoever shares the store hears the same.
      if (isHolder(store)) {
        await store.keepNames(names.all);
      }
    });
  }

  close(): void {
    clearInterval(this.timer);
    this.keep();
  }
}
