import type { CallParts } from '../cdr/call-parts';
import type { QueueEvent } from '../cdr/queue-event';
import type { CdrRecord } from '../cdr/record';
import type { ChangedCall } from '../store/store';

export interface IngestBufferOptions {
  write: (parts: CallParts) => Promise<ChangedCall[]>;
  onWritten: (changes: ChangedCall[]) => void;
  /** The store did not take a batch; it is kept and tried again. */
  onFailed: (error: unknown) => void;
  /** Records or events went because the store took none for too long. */
  onDropped: (count: number) => void;
}

/** How long a record may wait for its batch, milliseconds. */
const batchMs = 200;
/** How long to wait after a failed write, milliseconds. */
const retryMs = 2_000;
/** Records and events that may wait in memory: some 200 MB. */
const capacity = 200_000;

/** Gathers records and events into batches, so that one durable write serves many. */
export class IngestBuffer {
  private records: CdrRecord[] = [];
  private events: QueueEvent[] = [];
  private timer: NodeJS.Timeout | null = null;
  private flushing: Promise<boolean> | null = null;

  constructor(private readonly options: IngestBufferOptions) {}

  add(parts: CallParts): void {
    parts.records.forEach((record) => this.records.push(record));
    parts.events.forEach((event) => this.events.push(event));
    this.keepBound();
    this.schedule(batchMs);
  }

  /** Writes what waits; true when all that was added before is stored, false when the store took none. */
  async flush(): Promise<boolean> {
    await this.flushing;
    if (this.records.length + this.events.length > 0) {
      this.flushing = this.writeBatch();
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

  private async writeBatch(): Promise<boolean> {
    const batch = { records: this.records, events: this.events };
    this.records = [];
    this.events = [];
    try {
      this.options.onWritten(await this.options.write(batch));
      return true;
    } catch (error) {
      this.records = batch.records.concat(this.records);
      this.events = batch.events.concat(this.events);
      this.options.onFailed(error);
      this.schedule(retryMs);
      return false;
    } finally {
      this.flushing = null;
    }
  }

  /** The oldest go first: the newest are what panels show. */
  private keepBound(): void {
    const excess = this.records.length + this.events.length - capacity;
    if (excess > 0) {
      const events = this.events.splice(0, excess).length;
      this.records.splice(0, excess - events);
      this.options.onDropped(excess);
    }
  }
}
