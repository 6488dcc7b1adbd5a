import type { CallParts } from '../../cdr/call-parts';
import type { ChangedCall, Store } from '../../store/store';
import { callParts, WriteQueue, type Batch, type Excess, type Part, type Write } from './write-queue';

export interface StoreWriterOptions {
  open: () => Promise<Store>;
  /** The store is open, for the first time or again. */
  onOpened: () => void;
  /** The store could not be opened, or did not take what waits longest. */
  onFailed: (error: unknown) => void;
  onStored: (changes: ChangedCall[]) => void;
  /** What waited went, the oldest first, since the store took none for too long. */
  onDropped: (excess: Excess) => void;
  /** One record or event that can't be stored, or null for a small write, was left out, so that it holds up no other. */
  onSetAside: (error: unknown, part: Part | null) => void;
  /** What is wrong and what to do, in words. */
  describe: (error: unknown) => string;
  /** True when the store is of no use any more until it is opened again. */
  isFatal: (error: unknown) => boolean;
  /** True when what was to be stored is the reason, so that it fails each time. */
  isOfData: (error: unknown) => boolean;
}

/** How long a record may wait for its batch, milliseconds. */
const batchMs = 100;
/** How long to wait before what failed is tried again, milliseconds. */
const retryMs = 2_000;

/**
 * The one way into the store: opens it, again and again until it can be opened, and again when it broke. All that is to be
 * stored goes through one queue in the order in which it came, so that one durable write serves many records, and what
 * says "all before is stored" is true when it is stored itself.
 */
export class StoreWriter {
  private readonly queue = new WriteQueue();
  private current: Store | null = null;
  /** Why there is no store; null while there is one. */
  private closedBecause: string | null = 'It is being opened.';
  /** Why what waits longest was not taken; null once it was. */
  private notTaken: string | null = null;
  private underWay = 0;
  private openedAt = -Infinity;
  private opening: Promise<void> = Promise.resolve();
  private draining: Promise<boolean> | null = null;
  private openTimer: NodeJS.Timeout | null = null;
  private drainTimer: NodeJS.Timeout | null = null;
  private isClosed = false;

  constructor(private readonly options: StoreWriterOptions) {}

  /** @throws Error with what is wrong while there is no store */
  get store(): Store {
    if (!this.current) {
      throw new Error(`Nothing is stored or read now. ${this.closedBecause}`);
    }
    return this.current;
  }

  /** Why the store takes nothing; null while it does. */
  get problem(): string | null {
    return this.closedBecause ?? this.notTaken;
  }

  /** Records and events that are in memory only. */
  get waiting(): number {
    return this.queue.waiting + this.underWay;
  }

  /** Resolves once the store is open, or known not to open; then it is tried again. */
  open(): Promise<void> {
    this.opening = this.opening.then(() => this.tryOpen());
    return this.opening;
  }

  /** Stores what waits, closes the store and opens it again. What comes meanwhile waits. Resolves as `open` does. */
  async reopen(): Promise<void> {
    await this.flush();
    await this.openAgain('It is being opened again.');
  }

  /** Stores records and events with the next batch. */
  add(parts: CallParts): void {
    this.dropped(this.queue.add(parts));
    this.schedule(batchMs);
  }

  /** Does a small write after all that was added before, tried again until the store takes it. */
  put(write: Write): void {
    this.dropped(this.queue.put(write));
    this.schedule(batchMs);
  }

  /**
   * Works on the store now, besides what waits.
   * @throws what the task throws; it is not tried again
   */
  async run<T>(task: (store: Store) => Promise<T>): Promise<T> {
    const { store } = this;
    try {
      return await task(store);
    } catch (error) {
      this.reopenIfFatal(store, error);
      throw error;
    }
  }

  /** Writes what waits; true when all that was put in before is stored, false when the store took none. */
  async flush(): Promise<boolean> {
    await this.draining;
    if (!this.queue.isEmpty) {
      this.draining ??= this.drain().finally(() => (this.draining = null));
    }
    return (await this.draining) ?? true;
  }

  /** Closes the store. What still waits is lost: flush before. */
  async close(): Promise<void> {
    this.isClosed = true;
    clearTimeout(this.drainTimer ?? undefined);
    await this.opening;
    await this.draining;
    await this.closeStore(this.withdraw('It is closed.'));
  }

  /** The store, which nobody is given from now on. */
  private withdraw(because: string): Store | null {
    const store = this.current;
    this.current = null;
    this.closedBecause = because;
    clearTimeout(this.openTimer ?? undefined);
    return store;
  }

  private async closeStore(store: Store | null): Promise<void> {
    await store?.close().catch((error: unknown) => this.options.onFailed(error));
  }

  /** One after another: no file may be open twice. */
  private openAgain(because: string, open = () => this.tryOpen()): Promise<void> {
    const before = this.withdraw(because);
    this.opening = this.opening.then(async () => {
      await this.closeStore(before);
      // One that was being opened meanwhile.
      await this.closeStore(this.withdraw(because));
      await open();
    });
    return this.opening;
  }

  private async tryOpen(): Promise<void> {
    if (this.isClosed || this.current) {
      return;
    }
    clearTimeout(this.openTimer ?? undefined);
    try {
      this.current = await this.options.open();
    } catch (error) {
      this.closedBecause = this.options.describe(error);
      this.options.onFailed(error);
      await this.openLater();
      return;
    }
    this.closedBecause = null;
    this.openedAt = performance.now();
    if (!this.isClosed) {
      this.options.onOpened();
      this.schedule(0);
    }
  }

  private reopenIfFatal(store: Store, error: unknown): void {
    if (this.current !== store || !this.options.isFatal(error)) {
      return;
    }
    // One that breaks as soon as it is open is opened again after a pause.
    const isEarly = performance.now() - this.openedAt < retryMs;
    void this.openAgain(this.options.describe(error), () => (isEarly ? this.openLater() : this.tryOpen()));
  }

  private async openLater(): Promise<void> {
    if (!this.isClosed) {
      clearTimeout(this.openTimer ?? undefined);
      this.openTimer = setTimeout(() => void this.open(), retryMs);
    }
  }

  private schedule(delay: number): void {
    if (!this.isClosed && !this.queue.isEmpty) {
      this.drainTimer ??= setTimeout(() => {
        this.drainTimer = null;
        void this.flush();
      }, delay);
    }
  }

  /** Writes what waits now, and not what comes meanwhile. */
  private async drain(): Promise<boolean> {
    let left = this.queue.length;
    while (left > 0 && !this.isClosed) {
      const before = this.queue.length;
      const batch = this.queue.next();
      if (batch === null) {
        break;
      }
      left -= before - this.queue.length;
      if (!(await this.write(batch))) {
        if (this.current) {
          this.schedule(retryMs);
        }
        return false;
      }
    }
    return true;
  }

  private async write(batch: Batch): Promise<boolean> {
    const store = this.current;
    if (!store) {
      this.dropped(this.queue.putBack(batch));
      return false;
    }
    this.underWay = batch.kind === 'parts' ? batch.parts.length : 0;
    try {
      await (batch.kind === 'parts' ? this.addParts(store, batch.parts) : this.doWrite(store, batch.write));
    } catch (error) {
      this.notTaken = this.options.describe(error);
      this.options.onFailed(error);
      this.dropped(this.queue.putBack(batch));
      this.reopenIfFatal(store, error);
      return false;
    } finally {
      this.underWay = 0;
    }
    this.notTaken = null;
    return true;
  }

  /** Of a batch with a record that can't be stored, only that record is set aside. */
  private async addParts(store: Store, parts: readonly Part[]): Promise<void> {
    let changes: ChangedCall[];
    try {
      changes = await store.add(callParts(parts));
    } catch (error) {
      if (!this.options.isOfData(error)) {
        throw error;
      }
      if (parts.length === 1) {
        this.options.onSetAside(error, parts[0]!);
        return;
      }
      const middle = Math.ceil(parts.length / 2);
      await this.addParts(store, parts.slice(0, middle));
      await this.addParts(store, parts.slice(middle));
      return;
    }
    if (changes.length > 0) {
      this.options.onStored(changes);
    }
  }

  private async doWrite(store: Store, write: Write): Promise<void> {
    try {
      await write(store);
    } catch (error) {
      if (!this.options.isOfData(error)) {
        throw error;
      }
      this.options.onSetAside(error, null);
    }
  }

  private dropped(excess: Excess): void {
    if (excess.parts.records.length + excess.parts.events.length + excess.writes > 0) {
      this.options.onDropped(excess);
    }
  }
}
