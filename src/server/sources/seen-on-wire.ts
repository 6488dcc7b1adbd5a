import type { AmiEvent } from '../../amiws/event';
import { isAnswered } from '../../cdr/answered-channel';
import { mappedText } from '../../cdr/mapped-text';
import type { PbxClocks } from '../../cdr/pbx-clocks';
import { isOfQueue, isQueueEventName } from '../../cdr/queue-event-from-fields';
import type { CdrRecord } from '../../cdr/record';
import { showsUnanswered } from '../../cdr/unanswered-record';
import { uniqueIdTime } from '../../cdr/wall-clock';
import { nothingHeard } from '../../setup/needs';
import type { SeenOfPbx } from '../../setup/setup-checks';
import { UnrecordedCallers } from './unrecorded-callers';

/** What events show; the rest of `SeenOfPbx` is known elsewhere. */
type Shown = Omit<
  SeenOfPbx,
  | 'server'
  | 'state'
  | 'since'
  | 'bootedAt'
  | 'clockOffsetMs'
  | 'zone'
  | 'agentNames'
  | 'wrapUpQueues'
  | 'queueLogs'
  | 'differences'
  | 'lost'
>;
type Seen = Omit<Shown, 'unrecordedCallers'>;

const nothing: Seen = {
  ...nothingHeard,
  queueRecords: 0,
  linkedIdMapped: null,
  sequenceMapped: null,
  didMapped: null,
  queueEvents: 0,
  answered: 0,
  firstAnsweredAt: null,
  unansweredRecords: 0,
  queueCounters: 0,
  timestamped: null,
  utcOffset: null,
  zoneOffset: null,
};

/** Which count an event adds to, besides those of records and hang-ups. */
function kindOf({
  name,
  fields,
}: AmiEvent): 'memberEvents' | 'queueCallers' | 'endedTalks' | 'transferEvents' | 'channels' | null {
  switch (name) {
    case 'AgentComplete':
      return fields.Reason ? 'endedTalks' : null;
    case 'QueueCallerJoin':
    case 'QueueEntry':
      return 'queueCallers';
    case 'BlindTransfer':
    case 'AttendedTransfer':
      return 'transferEvents';
    case 'Newchannel':
      return 'channels';
    default:
      return name.startsWith('QueueMember') ? 'memberEvents' : null;
  }
}

/** Counts what each PBX sends, for the check list of the configuration page. */
export class SeenOnWire {
  private readonly pbxes = new Map<string, Seen>();
  private readonly callers = new Map<string, UnrecordedCallers>();

  constructor(private readonly clocks: Pick<PbxClocks, 'of'>) {}

  /**
   * An event with the record that it is, if it is one.
   *
   * @param now epoch milliseconds of our clock
   */
  add(event: AmiEvent, record: CdrRecord | undefined, now: number): void {
    const seen = this.seenOf(event.server);
    const kind = kindOf(event);
    if (kind) {
      seen[kind]++;
    }
    seen.isOld ||= event.name === 'QueueMemberPaused';
    if (record) {
      this.addRecord(seen, record);
    } else if (event.name === 'Hangup') {
      this.addHangup(seen, event, now);
    } else if (isQueueEventName(event.name)) {
      seen.queueEvents += isOfQueue(event.name) ? 1 : 0;
    } else {
      seen.queueCounters += event.name === 'QueueParams' ? 1 : 0;
      // Answers to QueueStatus and FullyBooted carry no time, whatever the PBX is seen.
      return;
    }
    seen.timestamped = event.fields.Timestamp !== undefined;
  }

  of(server: string, now: number): Shown {
    return { ...(this.pbxes.get(server) ?? nothing), unrecordedCallers: this.callersOf(server).count(now) };
  }

  /** IANA zone that is set for a PBX; empty where its offset is learned. */
  zone(server: string): string {
    return this.clocks.of(server).zoneName;
  }

  private addHangup(seen: Seen, event: AmiEvent, now: number): void {
    seen.hangups++;
    if (isAnswered(event)) {
      seen.answered++;
      seen.firstAnsweredAt ??= now;
    }
    this.callersOf(event.server).see(event, now);
  }

  private addRecord(seen: Seen, record: CdrRecord): void {
    const isOfUnanswered = showsUnanswered(record);
    this.callersOf(record.server).record(record, isOfUnanswered);
    seen.unansweredRecords += isOfUnanswered ? 1 : 0;
    seen.records++;
    seen.queueRecords += record.queue === '' ? 0 : 1;
    seen.linkedIdMapped = record.linkedIdMapped;
    seen.sequenceMapped = record.sequence !== null;
    seen.trunkRecords += record.trunk === '' ? 0 : 1;
    seen.callingAgentRecords += record.callingAgent === '' ? 0 : 1;
    seen.outboundRecords += record.direction === 'outbound' ? 1 : 0;
    if (record.direction === 'inbound') {
      seen.inboundRecords++;
      seen.didMapped = mappedText(record.custom, 'did') !== '';
    }
    if (record.startTime !== null && uniqueIdTime(record.uniqueId) !== null) {
      seen.utcOffset = record.utcOffset;
      seen.zoneOffset = this.clocks.of(record.server).offsetAt(record.startTime);
    }
  }

  private seenOf(server: string): Seen {
    const known = this.pbxes.get(server) ?? { ...nothing };
    this.pbxes.set(server, known);
    return known;
  }

  private callersOf(server: string): UnrecordedCallers {
    const known = this.callers.get(server) ?? new UnrecordedCallers();
    this.callers.set(server, known);
    return known;
  }
}
