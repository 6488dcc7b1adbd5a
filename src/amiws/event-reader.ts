import type { AmiEvent } from './event';
import type { CallParts } from '../cdr/call-parts';
import type { CallRules } from '../cdr/call-rules';
import type { PbxClocks } from '../cdr/pbx-clocks';
import type { QueueEvent } from '../cdr/queue-event';
import { isQueueEventName, queueEventFromFields } from '../cdr/queue-event-from-fields';
import type { CdrRecord } from '../cdr/record';
import { recordFromFields, type RecordProblem } from '../cdr/record-from-fields';

export interface EventReaderOptions {
  rules: CallRules;
  clocks: PbxClocks;
  /** Milliseconds that a server's clock is ahead of ours, for events that carry no time of their own. */
  clockOffset: (server: string) => number;
  onProblem: (problem: RecordProblem, event: AmiEvent) => void;
}

/** Turns events into what calls are assembled from. */
export class EventReader {
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

  private readRecord(event: AmiEvent): CdrRecord {
    const { record, problems } = recordFromFields(
      event.server,
      event.fields,
      this.options.clocks.of(event.server),
      this.options.rules,
      this.pbxTime(event)
    );
    problems.forEach((problem) => this.options.onProblem(problem, event));
    return record;
  }

  private readQueueEvent(event: AmiEvent): QueueEvent | null {
    if (!isQueueEventName(event.name)) {
      return null;
    }
    const at = this.pbxTime(event);
    const read = queueEventFromFields(
      event.server,
      event.name,
      event.fields,
      at,
      this.options.clocks.of(event.server).offsetAt(at)
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

  /** When an event was by the PBX's clock, epoch milliseconds: its own time, where that was believed, else its arrival. */
  private pbxTime({ server, at, fields }: AmiEvent): number {
    const isOwn = Math.round(Number(fields.Timestamp) * 1000) === at;
    return Math.round(at + (isOwn ? 0 : this.options.clockOffset(server)));
  }
}
