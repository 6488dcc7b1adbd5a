import type { Store } from '../../store/store';

export interface StoreKeeperOptions {
  open: () => Promise<Store>;
  /** The store is open, for the first time or anew. */
  onOpened: () => Promise<void>;
  /** The store could not be opened, or did not take a write. */
  onFailed: (problem: string) => void;
  /** What is wrong and what to do, in words. */
  describe: (error: unknown) => string;
  /** True when the store is of no use any more until it is opened anew. */
  isFatal: (error: unknown) => boolean;
}

/** How long to wait before the store is opened again, milliseconds. */
const retryMs = 2_000;

/**
 * Opens a store, again and again until it can be opened, and anew when it broke; knows what is wrong with it. Meanwhile
 * there is none, and who wants it is told why.
 */
export class StoreKeeper {
  private current: Store | null = null;
  private found: string | null = 'It is being opened.';
  private timer: NodeJS.Timeout | null = null;
  private opening: Promise<void> = Promise.resolve();
  private isClosed = false;

  constructor(private readonly options: StoreKeeperOptions) {}

  /** @throws Error with what is wrong while there is no store */
  get store(): Store {
    if (!this.current) {
      throw new Error(`Nothing is stored or read now. ${this.found}`);
    }
    return this.current;
  }

  /** Why the store took nothing last; null while it does. */
  get problem(): string | null {
    return this.found;
  }

  /** Resolves once the store is open, or known not to open; then it is tried again. */
  open(): Promise<void> {
    this.opening = this.tryOpen();
    return this.opening;
  }

  async write<T>(task: (store: Store) => Promise<T>): Promise<T> {
    const { store } = this;
    try {
      const result = await task(store);
      this.found = this.current ? null : this.found;
      return result;
    } catch (error) {
      this.failed(error);
      if (this.current === store && this.options.isFatal(error)) {
        this.current = null;
        this.opening = store.close().then(
          () => this.tryOpen(),
          () => this.tryOpen()
        );
      }
      throw error;
    }
  }

  async close(): Promise<void> {
    this.isClosed = true;
    if (this.timer) {
      clearTimeout(this.timer);
    }
    await this.opening;
    await this.current?.close();
  }

  private async tryOpen(): Promise<void> {
    try {
      this.current = await this.options.open();
      this.found = null;
    } catch (error) {
      this.failed(error);
      if (!this.isClosed) {
        this.timer = setTimeout(() => void this.open(), retryMs);
      }
      return;
    }
    await this.options.onOpened();
  }

  private failed(error: unknown): void {
    this.found = this.options.describe(error);
    this.options.onFailed(this.found);
  }
}
