import type { AmiEvent } from '../../amiws/event';
import { zoneOf } from '../../cdr/derivation';
import { PbxClock } from '../../cdr/pbx-clock';
import { isQueueEventName } from '../../cdr/queue-event-from-fields';
import type { CdrRecord } from '../../cdr/record';
import { uniqueIdTime } from '../../cdr/wall-clock';
import type { CdrSettings } from '../../settings/settings';
import type { SeenOfPbx } from '../../setup/setup-checks';

/** What events show; the rest of `SeenOfPbx` is known elsewhere. */
type Seen = Omit<SeenOfPbx, 'server' | 'state' | 'since' | 'clockOffsetMs' | 'zone' | 'differences'>;

const nothing: Seen = {
  records: 0,
  queueRecords: 0,
  linkedIdMapped: null,
  sequenceMapped: null,
  queueEvents: 0,
  hangups: 0,
  firstHangupAt: null,
  queueCounters: 0,
  timestamped: null,
  utcOffset: null,
  zoneOffset: null,
};

/** Counts what each PBX sends, for the check list of the configuration page. */
export class SeenOnWire {
  private readonly pbxes = new Map<string, Seen>();
  private readonly clocks = new Map<string, PbxClock>();

  constructor(private readonly settings: Pick<CdrSettings, 'timeZone' | 'serverTimeZones'>) {}

  /** An event with the record that it is, if it is one. */
  add(event: AmiEvent, record: CdrRecord | undefined): void {
    const seen = this.seenOf(event.server);
    if (record) {
      this.addRecord(seen, record);
    } else if (event.name === 'Hangup') {
      seen.hangups++;
      seen.firstHangupAt ??= event.at;
    } else if (isQueueEventName(event.name)) {
      seen.queueEvents++;
    } else {
      seen.queueCounters += event.name === 'QueueParams' ? 1 : 0;
      // Answers to QueueStatus and FullyBooted carry no time, whatever the PBX is seen.
      return;
    }
    seen.timestamped = event.fields.Timestamp !== undefined;
  }

  of(server: string): Seen {
    return this.pbxes.get(server) ?? nothing;
  }

  zone(server: string): string {
    return zoneOf(this.settings, server);
  }

  private addRecord(seen: Seen, record: CdrRecord): void {
    seen.records++;
    seen.queueRecords += record.queue === '' ? 0 : 1;
    seen.linkedIdMapped = record.linkedIdMapped;
    seen.sequenceMapped = record.sequence !== null;
    if (record.startTime !== null && uniqueIdTime(record.uniqueId) !== null) {
      seen.utcOffset = record.utcOffset;
      seen.zoneOffset = this.clock(record.server).offsetAt(record.startTime);
    }
  }

  private seenOf(server: string): Seen {
    const known = this.pbxes.get(server) ?? { ...nothing };
    this.pbxes.set(server, known);
    return known;
  }

  private clock(server: string): PbxClock {
    const known = this.clocks.get(server) ?? new PbxClock(this.zone(server));
    this.clocks.set(server, known);
    return known;
  }
}
