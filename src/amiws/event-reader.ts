import type { AmiEvent } from './event';
import { isOwnTime, pbxTime } from './event-time';
import type { CallParts } from '../cdr/call-parts';
import type { CallRules } from '../cdr/call-rules';
import type { PbxClocks } from '../cdr/pbx-clocks';
import { LinkedIds } from '../cdr/linked-ids';
import { placesTaken } from '../cdr/place-taken';
import { QueueCallers } from '../cdr/queue-callers';
import type { QueueEvent } from '../cdr/queue-event';
import { isOfQueue, isQueueEventName, queueEventFromFields } from '../cdr/queue-event-from-fields';
import { QueueNames } from '../cdr/queue-names';
import type { CdrRecord } from '../cdr/record';
import { startOfPbx } from '../cdr/restart';
import { recordFromFields, type RecordProblem } from '../cdr/record-from-fields';

export interface EventReaderOptions {
  rules: CallRules;
  clocks: PbxClocks;
  /** Milliseconds that a server's clock is ahead of ours, for events that carry no time of their own. */
  clockOffset: (server: string) => number;
  onProblem: (problem: RecordProblem, event: AmiEvent) => void;
}

/** What the events of one PBX have shown so far. */
interface Heard {
  /** Time of the newest queue event, and how many had it. */
  at: number;
  arrivals: number;
  /** When the first event of a queue was heard without a break since; null where none was. */
  queuesSince: number | null;
  /** By how much records arrived after their end at least, milliseconds: what the clocks differ by, where none measured it. */
  lag: number;
  /** Records of calls to a phone, and whether a DialEnd came. */
  dialled: number;
  hasDialEnds: boolean;
}

/** A clock that was set back by less, or measured anew, does not turn the order of events. Milliseconds. */
const setBack = 5_000;

/** Records of calls to phones without a DialEnd that show that none are sent. */
const enoughDialled = 5;

/** Turns events into what calls are assembled from. */
export class EventReader {
  private readonly callers = new QueueCallers();
  private readonly queueNames = new QueueNames();
  private readonly heard = new Map<string, Heard>();
  private readonly linkedIds = new LinkedIds();

  constructor(private readonly options: EventReaderOptions) {}

  read(event: AmiEvent): CallParts {
    this.callers.heard(event.server, this.pbxTime(event));
    if (event.name === 'Cdr') {
      return { records: [this.readRecord(event)], events: [] };
    }
    if (event.name === 'FullyBooted') {
      return { records: [], events: this.ended(event) };
    }
    this.queueNames.learn(event.server, event.fields.Queue ?? '');
    if (event.name === 'Newchannel') {
      this.hearLinkedIds(event);
    } else if (event.name === 'LocalOptimizationBegin') {
      this.hearOptimization(event);
    }
    const read = this.readQueueEvent(event);
    return { records: [], events: read ? [read] : [] };
  }

  /** A PBX was not heard for a while: what its queues did meanwhile is not known. */
  interrupted(server: string): void {
    const heard = this.heard.get(server);
    if (heard) {
      heard.queuesSince = null;
    }
    this.callers.interrupted(server);
  }

  /** A PBX that started again hung up all that waited in its queues before. */
  private ended(event: AmiEvent): QueueEvent[] {
    const startedAt = startOfPbx(event.fields, this.pbxTime(event));
    return startedAt === null ? [] : this.callers.ended(event.server, startedAt);
  }

  private readRecord(event: AmiEvent): CdrRecord {
    const { server, fields } = event;
    const { clocks, rules } = this.options;
    const at = this.pbxTime(event);
    const { record, problems } = recordFromFields(server, fields, clocks.of(server), rules, at);
    problems.forEach((problem) => this.options.onProblem(problem, event));
    const heard = this.heardOf(server);
    heard.dialled += record.destinationChannel === '' ? 0 : 1;
    heard.lag = Math.min(heard.lag, record.endTime === null ? Infinity : at - record.endTime);
    const { queuesSince, lag } = heard;
    const startedAt = record.startTime === null ? null : record.startTime + (lag === Infinity ? 0 : lag);
    return {
      ...record,
      linkedId: this.linkedIds.callOf(
        server,
        record.linkedIdMapped ? record.linkedId : this.linkedIds.ofChannel(server, record.uniqueId, record.channel)
      ),
      queue: this.queueNames.spell(server, record.queue),
      queueEventsHeard: queuesSince !== null && startedAt !== null && queuesSince < startedAt + 1000,
    };
  }

  private readQueueEvent(event: AmiEvent): QueueEvent | null {
    const { server, name, fields } = event;
    if (!isQueueEventName(name)) {
      return null;
    }
    const heard = this.heardOf(server);
    const at = this.timeAfter(heard.at, event);
    const read = queueEventFromFields(server, name, fields, at, this.options.clocks.of(server).offsetAt(at));
    if (read === null) {
      return null;
    }
    heard.hasDialEnds ||= name === 'DialEnd';
    if (isOfQueue(name)) {
      heard.queuesSince ??= at;
    }
    heard.arrivals = at === heard.at ? heard.arrivals + 1 : 0;
    heard.at = at;
    this.hearLinkedIds(event);
    this.linkedIds.join(server, read.consultLinkedId, read.linkedId);
    if (name === 'AttendedTransfer') {
      placesTaken(fields).forEach(({ uniqueId, by }) => this.callers.replace(server, uniqueId, by.uniqueId));
    }
    const placed = this.callers.place({ ...read, arrival: heard.arrivals });
    return placed && { ...placed, linkedId: this.linkedIds.callOf(server, placed.linkedId) };
  }

  /** What is before a Local channel goes on without it. */
  private hearOptimization({ server, fields }: AmiEvent): void {
    const source = fields.SourceUniqueid ?? '';
    this.callers.replace(server, fields.LocalOneUniqueid ?? '', source);
    this.callers.replace(server, fields.LocalTwoUniqueid ?? '', source);
  }

  private hearLinkedIds({ server, fields }: AmiEvent): void {
    const field = (name: string): string => fields[name] ?? '';
    this.linkedIds.hear(server, field('Uniqueid'), field('Channel'), field('Linkedid'));
    this.linkedIds.hear(server, field('DestUniqueid'), field('DestChannel'), field('DestLinkedid'));
  }

  /** The same, but that events without a time of their own stay in the order in which they came. */
  private timeAfter(last: number, event: AmiEvent): number {
    const at = this.pbxTime(event);
    return !isOwnTime(event) && at < last && last - at < setBack ? last : at;
  }

  /** When an event was by the PBX's clock, epoch milliseconds. */
  private pbxTime(event: AmiEvent): number {
    return pbxTime(event, this.options.clockOffset(event.server));
  }

  /** Whether a PBX sends how the ringing of phones ends; null until some were rung. */
  sendsDialEnds(server: string): boolean | null {
    const heard = this.heard.get(server);
    return heard?.hasDialEnds ? true : (heard?.dialled ?? 0) >= enoughDialled ? false : null;
  }

  private heardOf(server: string): Heard {
    const known = this.heard.get(server) ?? {
      at: 0,
      arrivals: 0,
      queuesSince: null,
      lag: Infinity,
      dialled: 0,
      hasDialEnds: false,
    };
    this.heard.set(server, known);
    return known;
  }
}
