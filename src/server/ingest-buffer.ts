import type { CallParts } from '../cdr/call-parts';
import type { QueueEvent } from '../cdr/queue-event';
import type { CdrRecord } from '../cdr/record';
import type { ChangedCall } from '../store/store';

export interface IngestBufferOptions {
  /** Tells of its failures itself; a batch that it did not take is kept and tried again. */
  write: (parts: CallParts) => Promise<ChangedCall[]>;
  onWritten: (changes: ChangedCall[]) => void;
  /** Records or events went because the store took none for too long. */
  onDropped: (parts: CallParts) => void;
}

/** How long a record may wait for its batch, milliseconds. */
const batchMs = 200;
/** How long to wait after a failed write, milliseconds. */
const retryMs = 2_000;
/** Records and events of one write, so that what gathered in a long trouble is not one huge transaction. */
const batchSize = 20_000;
/** Records and events that may wait in memory: some 200 MB. */
const capacity = 200_000;

/** Gathers records and events into batches, so that one durable write serves many. */
export class IngestBuffer {
  private records: CdrRecord[] = [];
  private events: QueueEvent[] = [];
  /** Records and events of the batch that is being written. */
  private underWay = 0;
  private timer: NodeJS.Timeout | null = null;
  private flushing: Promise<boolean> | null = null;

  constructor(private readonly options: IngestBufferOptions) {}

  /** Records and events that are in memory only. */
  get waiting(): number {
    return this.queued + this.underWay;
  }

  private get queued(): number {
    return this.records.length + this.events.length;
  }

  add(parts: CallParts): void {
    parts.records.forEach((record) => this.records.push(record));
    parts.events.forEach((event) => this.events.push(event));
    this.keepBound();
    if (this.queued > 0) {
      this.schedule(batchMs);
    }
  }

  /** Writes what waits; true when all that was added before is stored, false when the store took none. */
  async flush(): Promise<boolean> {
    await this.flushing;
    if (this.queued > 0) {
      this.flushing ??= this.writeAll().finally(() => (this.flushing = null));
    }
    return (await this.flushing) ?? true;
  }

  async close(): Promise<void> {
    await this.flush();
    if (this.timer) {
      clearTimeout(this.timer);
    }
  }

  private schedule(delay: number): void {
    this.timer ??= setTimeout(() => {
      this.timer = null;
      void this.flush();
    }, delay);
  }

  /** Writes what waits now, and not what comes meanwhile. */
  private async writeAll(): Promise<boolean> {
    for (let left = this.queued; left > 0; left -= batchSize) {
      if (!(await this.writeBatch())) {
        this.schedule(retryMs);
        return false;
      }
    }
    return true;
  }

  private async writeBatch(): Promise<boolean> {
    const records = this.records.splice(0, batchSize);
    const events = this.events.splice(0, batchSize - records.length);
    this.underWay = records.length + events.length;
    try {
      this.options.onWritten(await this.options.write({ records, events }));
      return true;
    } catch {
      this.records = records.concat(this.records);
      this.events = events.concat(this.events);
      return false;
    } finally {
      this.underWay = 0;
    }
  }

  /** The oldest go first: the newest are what panels show. */
  private keepBound(): void {
    const excess = this.waiting - capacity;
    if (excess > 0) {
      const events = this.events.splice(0, excess);
      this.options.onDropped({ events, records: this.records.splice(0, excess - events.length) });
    }
  }
}
