import type { AmiEvent } from './event';
import type { CallParts } from '../cdr/call-parts';
import type { Derivation } from '../cdr/derivation';
import type { PbxClock } from '../cdr/pbx-clock';
import type { QueueEvent } from '../cdr/queue-event';
import { isQueueEventName, queueEventFromFields } from '../cdr/queue-event-from-fields';
import type { CdrRecord } from '../cdr/record';
import { recordFromFields, type RecordProblem } from '../cdr/record-from-fields';

export interface EventReaderOptions {
  derivation: Derivation;
  /** Milliseconds that a server's clock is ahead of ours, for events that carry no time of their own. */
  clockOffset: (server: string) => number;
  onProblem: (problem: RecordProblem, event: AmiEvent) => void;
}

/** Turns events into what calls are assembled from; keeps the wall clock of each PBX. */
export class EventReader {
  private readonly clocks = new Map<string, PbxClock>();
  /** Channels that are in a queue: only their hang-ups tell something. */
  private readonly inQueue = new Set<string>();

  constructor(private readonly options: EventReaderOptions) {}

  read(event: AmiEvent): CallParts {
    if (event.name === 'Cdr') {
      return { records: [this.readRecord(event)], events: [] };
    }
    const read = this.readQueueEvent(event);
    return { records: [], events: read ? [read] : [] };
  }

  /** Seconds that a PBX's wall clock is ahead of UTC now. */
  utcOffset(server: string): number {
    return this.clock(server).offsetAt(Date.now());
  }

  private readRecord(event: AmiEvent): CdrRecord {
    const { record, problems } = recordFromFields(
      event.server,
      event.fields,
      this.clock(event.server),
      this.options.derivation.rules
    );
    problems.forEach((problem) => this.options.onProblem(problem, event));
    return record;
  }

  private readQueueEvent(event: AmiEvent): QueueEvent | null {
    if (!isQueueEventName(event.name)) {
      return null;
    }
    const at = event.at + (event.fields.Timestamp ? 0 : this.options.clockOffset(event.server));
    const read = queueEventFromFields(
      event.server,
      event.name,
      event.fields,
      Math.round(at),
      this.clock(event.server).offsetAt(at)
    );
    if (read === null) {
      return null;
    }
    const channel = `${read.server}|${read.uniqueId}`;
    if (read.name !== 'Hangup') {
      this.inQueue.add(channel);
      return read;
    }
    return this.inQueue.delete(channel) ? read : null;
  }

  private clock(server: string): PbxClock {
    const known = this.clocks.get(server);
    if (known) {
      return known;
    }
    const clock = this.options.derivation.newClock(server);
    this.clocks.set(server, clock);
    return clock;
  }
}
