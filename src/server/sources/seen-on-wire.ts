import type { AmiEvent } from '../../amiws/event';
import { zoneOf } from '../../cdr/derivation';
import { PbxClock } from '../../cdr/pbx-clock';
import { isQueueEventName } from '../../cdr/queue-event-from-fields';
import type { CdrRecord } from '../../cdr/record';
import { uniqueIdTime } from '../../cdr/wall-clock';
import type { CdrSettings } from '../../settings/settings';
import type { SeenOfPbx } from '../../setup/setup-checks';

/** What events told; the rest of `SeenOfPbx` is known elsewhere. */
type Told = Omit<SeenOfPbx, 'server' | 'state' | 'since' | 'clockOffsetMs' | 'zone'>;

const nothing: Told = {
  records: 0,
  queueRecords: 0,
  linkedIdMapped: null,
  sequenceMapped: null,
  queueEvents: 0,
  hangups: 0,
  firstHangupAt: null,
  timestamped: null,
  utcOffset: null,
  zoneOffset: null,
};

/** Counts what each PBX sends, for the check list of the configuration page. */
export class SeenOnWire {
  private readonly pbxes = new Map<string, Told>();
  private readonly clocks = new Map<string, PbxClock>();

  constructor(private readonly settings: Pick<CdrSettings, 'timeZone' | 'serverTimeZones'>) {}

  /** An event with the record that it is, if it is one. */
  take(event: AmiEvent, record: CdrRecord | undefined): void {
    const told = this.of(event.server);
    if (record) {
      this.takeRecord(told, record);
    } else if (event.name === 'Hangup') {
      told.hangups++;
      told.firstHangupAt ??= event.at;
    } else if (isQueueEventName(event.name)) {
      told.queueEvents++;
    } else {
      // Answers to QueueStatus and FullyBooted carry no time, whatever the PBX is told.
      return;
    }
    told.timestamped = event.fields.Timestamp !== undefined;
  }

  told(server: string): Told {
    return this.pbxes.get(server) ?? nothing;
  }

  zone(server: string): string {
    return zoneOf(this.settings, server);
  }

  private takeRecord(told: Told, record: CdrRecord): void {
    told.records++;
    told.queueRecords += record.queue === '' ? 0 : 1;
    told.linkedIdMapped = record.linkedIdMapped;
    told.sequenceMapped = record.sequence !== null;
    if (record.startTime !== null && uniqueIdTime(record.uniqueId) !== null) {
      told.utcOffset = record.utcOffset;
      told.zoneOffset = this.clock(record.server).offsetAt(record.startTime);
    }
  }

  private of(server: string): Told {
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
