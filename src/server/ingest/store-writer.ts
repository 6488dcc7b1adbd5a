import type { Subscription } from 'rxjs';
import type { CallParts } from '../../cdr/call-parts';
import { english } from '../../sentences/english';
import { sentence, type Text } from '../../sentences/sentence';
import { NotHolderError } from '../../store/not-holder-error';
import type { Sharing } from '../../store/sharing';
import type { ChangedCall, SharedStore } from '../../store/store';
import { StoreLife, type StoreLifeOptions } from './store-life';
import { StoredLately } from './stored-lately';
import { callParts, WriteQueue, type Batch, type Excess, type Part, type Write } from './write-queue';

export interface StoreWriterOptions extends StoreLifeOptions {
  /** The store could not be opened, or did not take what waits longest. */
  onFailed: (error: unknown) => void;
  onStored: (changes: ChangedCall[]) => void;
  /** All that was put in before an instant is stored, epoch milliseconds. */
  onAllStored: (until: number) => void;
  /** What waited went, the oldest first, since the store took none for too long. */
  onDropped: (excess: Excess) => void;
  /** This process is the one that writes to the store from now on; not said where it is so from the opening on. */
  onHolder: () => void;
  /** A small write that can't be done was left out, so that it holds up no other; of a batch, the store does so itself. */
  onSetAside: (error: unknown) => void;
  /** True when what was to be stored is the reason, so that it fails each time. */
  isOfData: (error: unknown) => boolean;
}

/** How long a record may wait for its batch, milliseconds. */
const batchMs = 100;
/**
 * How long one waits where another process writes to the store: that one has stored it by then, or did not hear it.
 * Milliseconds.
 */
const standByMs = 1_000;
/** A write that takes longer is said to: what came after it waits. Milliseconds. */
const slowMs = 10_000;
/** How long to wait before what failed is tried again, milliseconds. */
const retryMs = 2_000;

/**
 * The one way into the store: opens it, again and again until it can be opened, and again when it broke. All that is to be
 * stored goes through one queue in the order in which it came, so that one durable write serves many records, and what
 * says "all before is stored" is true when it is stored itself. Where another process writes to the store, what waits is
 * kept until that one has had its time, and then stored where it is missing.
 */
export class StoreWriter {
  private readonly queue = new WriteQueue();
  private readonly storedLately = new StoredLately();
  private readonly life: StoreLife;
  /** Why what waits longest was not taken; null once it was. */
  private notTaken: Text | null = null;
  private underWay = 0;
  /** When the write began that goes on, by the steady clock; null while none does. */
  private writingSince: number | null = null;
  private draining: Promise<boolean> | null = null;
  private timer: NodeJS.Timeout | null = null;
  private turns: Subscription | null = null;
  private isClosed = false;

  constructor(private readonly options: StoreWriterOptions) {
    const onOpened = (): void => {
      options.onOpened();
      this.turns?.unsubscribe();
      const { turns, rewinds } = this.store.sharing;
      this.turns = turns.subscribe((isHeld) => this.turned(isHeld));
      this.turns.add(rewinds.subscribe(() => void this.storeAgain()));
      this.schedule(0);
    };
    this.life = new StoreLife({ ...options, onOpened });
  }

  /** @throws Error with what is wrong while there is no store */
  get store(): SharedStore {
    const { store, problem } = this.life;
    if (!store) {
      throw new Error(english([sentence('store.unavailable'), ...(problem ?? [])]));
    }
    return store;
  }

  /** Why the store takes nothing; null while it does. */
  get problem(): Text | null {
    return this.life.problem ?? this.notTaken ?? this.slowness;
  }

  private get slowness(): Text | null {
    const ms = this.writingSince === null ? 0 : performance.now() - this.writingSince;
    return ms < slowMs ? null : [sentence('store.slow', { seconds: Math.round(ms / 1000) }), sentence('store.retried')];
  }

  /** Null while there is no store. */
  get sharing(): Sharing | null {
    return this.life.store?.sharing ?? null;
  }

  /** True while this process is the one that writes to the store. */
  get isHolder(): boolean {
    return this.sharing?.isHeld ?? false;
  }

  /** Records and events that are in memory only. */
  get waiting(): number {
    return this.queue.waiting + this.underWay;
  }

  /** True while nothing waits. */
  get isIdle(): boolean {
    return this.queue.isEmpty && this.draining === null;
  }

  /** Resolves once the store is open, or known not to open; then it is tried again. */
  open(): Promise<void> {
    return this.life.open();
  }

  /** Stores what waits, closes the store and opens it again. What comes meanwhile waits. Resolves as `open` does. */
  async reopen(): Promise<void> {
    await this.flush();
    await this.life.openAgain([sentence('store.reopening')]);
  }

  /**
   * The store lacks what was stored last: that waits again, for a store that is opened again, since nothing that it knows of
   * what is stored is true any more. What is not missing is stored once.
   */
  private async storeAgain(): Promise<void> {
    this.storedLately.takeAll().forEach((batch) => this.dropped(this.queue.putBack(batch)));
    await this.life.openAgain([sentence('store.reopening')]);
  }

  /** Stores records and events with the next batch. */
  add(parts: CallParts): void {
    this.dropped(this.queue.add(parts));
    this.scheduleBatch();
  }

  /** Does a small write after all that was added before, tried again until the store takes it. */
  put(write: Write): void {
    this.dropped(this.queue.put(write));
    this.scheduleBatch();
  }

  /**
   * Works on the store now, besides what waits.
   * @throws what the task throws; it is not tried again
   */
  async run<T>(task: (store: SharedStore) => Promise<T>): Promise<T> {
    const { store } = this;
    try {
      return await task(store);
    } catch (error) {
      this.life.failed(store, error);
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

  /**
   * Writes what waits, but where another process writes to the store: what waits there has its time. False when the store
   * took none; what is put behind what waits is done after it in any case.
   */
  settle(): Promise<boolean> {
    return this.sharing?.isHeld === false ? Promise.resolve(this.problem === null) : this.flush();
  }

  /** Closes the store. What still waits is lost: flush before. */
  async close(): Promise<void> {
    this.isClosed = true;
    clearTimeout(this.timer ?? undefined);
    this.turns?.unsubscribe();
    await this.life.close(Promise.resolve(this.draining));
  }

  /** The lease came to this process, or went to another. */
  private turned(isHeld: boolean): void {
    clearTimeout(this.timer ?? undefined);
    this.timer = null;
    if (isHeld) {
      this.options.onHolder();
    }
    this.scheduleBatch();
  }

  private scheduleBatch(): void {
    this.schedule(this.life.store === null || this.isHolder ? batchMs : standByMs);
  }

  private schedule(delay: number): void {
    if (!this.isClosed && !this.queue.isEmpty) {
      this.timer ??= setTimeout(() => {
        this.timer = null;
        void this.flush();
      }, delay);
    }
  }

  /** Writes what waits now, and not what comes meanwhile. */
  private async drain(): Promise<boolean> {
    const begun = Date.now();
    let left = this.queue.length;
    while (left > 0 && !this.isClosed) {
      const before = this.queue.length;
      const batch = this.queue.next();
      if (batch === null) {
        break;
      }
      left -= before - this.queue.length;
      if (!(await this.write(batch))) {
        if (this.life.store) {
          this.schedule(this.notTaken === null ? batchMs : retryMs);
        }
        return false;
      }
    }
    const isStored = !this.isClosed || this.queue.isEmpty;
    if (isStored) {
      this.options.onAllStored(begun);
    }
    return isStored;
  }

  private async write(batch: Batch): Promise<boolean> {
    const { store } = this.life;
    if (!store) {
      this.dropped(this.queue.putBack(batch));
      return false;
    }
    this.underWay = batch.kind === 'parts' ? batch.parts.length : 0;
    this.writingSince = performance.now();
    try {
      await (batch.kind === 'parts' ? this.addParts(store, batch.parts) : this.doWrite(store, batch.write));
    } catch (error) {
      if (error instanceof NotHolderError) {
        this.dropped(this.queue.putBack(batch));
        return false;
      }
      this.notTaken = this.options.describe(error);
      this.options.onFailed(error);
      this.dropped(this.queue.putBack(batch));
      this.life.failed(store, error);
      return false;
    } finally {
      this.underWay = 0;
      this.writingSince = null;
    }
    this.notTaken = null;
    if (store.sharing.isShared) {
      this.storedLately.note(batch, performance.now());
    }
    return true;
  }

  private async addParts(store: SharedStore, parts: readonly Part[]): Promise<void> {
    const changes = await store.add(callParts(parts));
    if (changes.length > 0) {
      this.options.onStored(changes);
    }
  }

  private async doWrite(store: SharedStore, write: Write): Promise<void> {
    try {
      await write(store);
    } catch (error) {
      if (!this.options.isOfData(error)) {
        throw error;
      }
      this.options.onSetAside(error);
    }
  }

  private dropped(excess: Excess): void {
    if (excess.parts.records.length + excess.parts.events.length + excess.writes > 0) {
      this.options.onDropped(excess);
    }
  }
}
