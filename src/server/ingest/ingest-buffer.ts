import type { CallParts } from '../../cdr/call-parts';
import type { QueueEvent } from '../../cdr/queue-event';
import type { CdrRecord } from '../../cdr/record';
import type { ChangedCall } from '../../store/store';

export interface IngestBufferOptions {
  /** Tells of its failures itself; a batch that it did not take is kept and tried again. */
  write: (parts: CallParts) => Promise<ChangedCall[]>;
  onWritten: (changes: ChangedCall[]) => void;
  /** Records or events went because the store took none for too long. */
  onDropped: (parts: CallParts) => void;
}

/** How long a record may wait for its batch, milliseconds. */
const batchMs = 100;
/** How long to wait after a failed write, milliseconds. */
const retryMs = 2_000;
/** Records and events of one write, so that what gathered in a long trouble is not one huge transaction. */
const batchSize = 20_000;
/** Records and events that may wait in memory: some 200 MB. */
const capacity = 200_000;

/** A record or an event, in the order of arrival: what belongs to one call stays close together. */
type Part = CdrRecord | QueueEvent;

/** Gathers records and events into batches, so that one durable write serves many. */
export class IngestBuffer {
  private queue: Part[] = [];
  /** Of the batch that is being written. */
  private underWay = 0;
  private timer: NodeJS.Timeout | null = null;
  private flushing: Promise<boolean> | null = null;

  constructor(private readonly options: IngestBufferOptions) {}

  /** Records and events that are in memory only. */
  get waiting(): number {
    return this.queue.length + this.underWay;
  }

  add(parts: CallParts): void {
    parts.records.forEach((record) => this.queue.push(record));
    parts.events.forEach((event) => this.queue.push(event));
    this.keepBound();
    if (this.queue.length > 0) {
      this.schedule(batchMs);
    }
  }

  /** Writes what waits; true when all that was added before is stored, false when the store took none. */
  async flush(): Promise<boolean> {
    await this.flushing;
    if (this.queue.length > 0) {
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
    for (let left = this.queue.length; left > 0; left -= batchSize) {
      if (!(await this.writeBatch())) {
        this.schedule(retryMs);
        return false;
      }
    }
    return true;
  }

  private async writeBatch(): Promise<boolean> {
    const batch = this.queue.splice(0, batchSize);
    this.underWay = batch.length;
    try {
      this.options.onWritten(await this.options.write(callParts(batch)));
      return true;
    } catch {
      this.queue = batch.concat(this.queue);
      return false;
    } finally {
      this.underWay = 0;
    }
  }

  /** The oldest go first: the newest are what panels show. */
  private keepBound(): void {
    const excess = this.waiting - capacity;
    if (excess > 0) {
      this.options.onDropped(callParts(this.queue.splice(0, excess)));
    }
  }
}

function callParts(parts: readonly Part[]): CallParts {
  const isEvent = (part: Part): part is QueueEvent => 'memberUniqueId' in part;
  const isRecord = (part: Part): part is CdrRecord => !isEvent(part);
  return { records: parts.filter(isRecord), events: parts.filter(isEvent) };
}
