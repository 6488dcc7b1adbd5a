import type { CallParts } from '../../cdr/call-parts';
import type { QueueEvent } from '../../cdr/queue-event';
import type { CdrRecord } from '../../cdr/record';
import type { SharedStore } from '../../store/store';

/** Records and events that may wait in memory: some 200 MB. */
const mostParts = 200_000;
/** Small writes that may wait: gaps, restarts and agents' times are few, some a minute. */
const mostWrites = 10_000;
/** Records and events of one write, so that what gathered in a long trouble is not one huge transaction. */
const batchSize = 20_000;

/** A small write: a gap, a restart, the times of agents. */
export type Write = (store: SharedStore) => Promise<unknown>;
/** A record or an event, in the order of arrival: what belongs to one call stays close together. */
export type Part = CdrRecord | QueueEvent;
/** What is written in one go. */
export type Batch = { kind: 'parts'; parts: readonly Part[] } | { kind: 'write'; write: Write };

/** What was put into the queue and found no room. */
export interface Excess {
  parts: CallParts;
  writes: number;
}

/** What waits for the store, in the order in which it came. Past a bound the oldest go: the newest are what panels show. */
export class WriteQueue {
  private entries: Array<Part | Write> = [];
  private parts = 0;
  private writes = 0;

  /** Records and events that wait. */
  get waiting(): number {
    return this.parts;
  }

  get isEmpty(): boolean {
    return this.entries.length === 0;
  }

  /** Records, events and small writes. */
  get length(): number {
    return this.entries.length;
  }

  add({ records, events }: CallParts): Excess {
    records.forEach((record) => this.entries.push(record));
    events.forEach((event) => this.entries.push(event));
    this.parts += records.length + events.length;
    return this.shed();
  }

  put(write: Write): Excess {
    this.entries.push(write);
    this.writes++;
    return this.shed();
  }

  /** Takes out what is to be written next: one small write, or records and events up to the next small write. */
  next(): Batch | null {
    const [first] = this.entries;
    if (first === undefined) {
      return null;
    }
    if (isWrite(first)) {
      this.entries.shift();
      this.writes--;
      return { kind: 'write', write: first };
    }
    const end = this.entries.findIndex((entry, index) => index === batchSize || isWrite(entry));
    const parts = this.entries.splice(0, end === -1 ? this.entries.length : end) as Part[];
    this.parts -= parts.length;
    return { kind: 'parts', parts };
  }

  /** Puts back at its place what could not be written. */
  putBack(batch: Batch): Excess {
    const entries = batch.kind === 'write' ? [batch.write] : batch.parts;
    this.entries = [...entries, ...this.entries];
    this.parts += batch.kind === 'parts' ? batch.parts.length : 0;
    this.writes += batch.kind === 'write' ? 1 : 0;
    return this.shed();
  }

  private shed(): Excess {
    const parts = this.shedOldest((entry) => !isWrite(entry), this.parts - mostParts) as Part[];
    const writes = this.shedOldest(isWrite, this.writes - mostWrites).length;
    this.parts -= parts.length;
    this.writes -= writes;
    return { parts: callParts(parts), writes };
  }

  private shedOldest(isMeant: (entry: Part | Write) => boolean, count: number): Array<Part | Write> {
    const [shed, kept]: [Array<Part | Write>, Array<Part | Write>] = [[], []];
    let seen = 0;
    while (shed.length < count) {
      const entry = this.entries[seen++]!;
      (isMeant(entry) ? shed : kept).push(entry);
    }
    if (seen > 0) {
      this.entries = kept.concat(this.entries.slice(seen));
    }
    return shed;
  }
}

export function callParts(parts: readonly Part[]): CallParts {
  const isEvent = (part: Part): part is QueueEvent => 'memberUniqueId' in part;
  const isRecord = (part: Part): part is CdrRecord => !isEvent(part);
  return { records: parts.filter(isRecord), events: parts.filter(isEvent) };
}

function isWrite(entry: Part | Write): entry is Write {
  return typeof entry === 'function';
}
