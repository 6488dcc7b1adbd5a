import { sentence, type Text } from '../../sentences/sentence';
import type { SharedStore } from '../../store/store';

export interface StoreLifeOptions {
  open: () => Promise<SharedStore>;
  /** The store is open, for the first time or again. */
  onOpened: () => void;
  /** The store could not be opened or closed. */
  onFailed: (error: unknown) => void;
  /** What is wrong and what to do, in words. */
  describe: (error: unknown) => Text;
  /** True when the store is of no use any more until it is opened again. */
  isFatal: (error: unknown) => boolean;
}

/** How long to wait before a store is opened again that can't be opened, or that broke as soon as it was. Milliseconds. */
const retryMs = 2_000;

/** Opens a store, again and again until it can be opened, and again when it broke: one opening after another. */
export class StoreLife {
  private current: SharedStore | null = null;
  private reason: Text = [sentence('store.opening')];
  private openedAt = -Infinity;
  private opening: Promise<void> = Promise.resolve();
  private timer: NodeJS.Timeout | undefined;
  private isClosed = false;

  constructor(private readonly options: StoreLifeOptions) {}

  /** Null while there is none. */
  get store(): SharedStore | null {
    return this.current;
  }

  /** Why there is no store; null while there is one. */
  get problem(): Text | null {
    return this.current ? null : this.reason;
  }

  /** Resolves once the store is open, or known not to open; then it is tried again. */
  open(): Promise<void> {
    this.opening = this.opening.then(() => this.tryOpen());
    return this.opening;
  }

  /** Closes the store and opens it again. Resolves as `open` does. */
  openAgain(because: Text, open = () => this.tryOpen()): Promise<void> {
    const before = this.withdraw(because);
    this.opening = this.opening.then(async () => {
      await this.closeStore(before);
      // One that was being opened meanwhile.
      await this.closeStore(this.withdraw(because));
      await open();
    });
    return this.opening;
  }

  /** An error of a store that may have broken with it. */
  failed(store: SharedStore, error: unknown): void {
    if (this.current !== store || !this.options.isFatal(error)) {
      return;
    }
    const isEarly = performance.now() - this.openedAt < retryMs;
    void this.openAgain(this.options.describe(error), async () => (isEarly ? this.openLater() : this.tryOpen()));
  }

  /** Closes the store for good, once whatever `before` gives is settled. */
  async close(before: Promise<unknown>): Promise<void> {
    this.isClosed = true;
    await this.opening;
    await before;
    await this.closeStore(this.withdraw([sentence('store.closed')]));
  }

  /** The store, which nobody is given from now on. */
  private withdraw(because: Text): SharedStore | null {
    const store = this.current;
    this.current = null;
    this.reason = because;
    clearTimeout(this.timer);
    return store;
  }

  private async closeStore(store: SharedStore | null): Promise<void> {
    await store?.close().catch((error: unknown) => this.options.onFailed(error));
  }

  private async tryOpen(): Promise<void> {
    if (this.isClosed || this.current) {
      return;
    }
    clearTimeout(this.timer);
    try {
      this.current = await this.options.open();
    } catch (error) {
      this.reason = this.options.describe(error);
      this.options.onFailed(error);
      this.openLater();
      return;
    }
    this.openedAt = performance.now();
    if (!this.isClosed) {
      this.options.onOpened();
    }
  }

  private openLater(): void {
    if (!this.isClosed) {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => void this.open(), retryMs);
    }
  }
}
