import { least, most } from './extremes';
import { IANAZone } from 'luxon';
import { clockEvidence, type Arrival, type ClockEvidence } from './clock-evidence';
import { LearnedOffsets, type OffsetSpan } from './learned-offsets';
import { zoneStretches, type ZoneStretch } from './time-buckets';
import { uniqueIdTime } from './wall-clock';

const second = 1000;
const quarter = 900;
const hour = 3600;
/** Some hundred days. */
const knownQuarters = 10_000;
/** Records in a row that must show the same offset before one is believed that each alone does not prove. */
const agreeing = 2;
/** Likewise where ids tell no start: a late arrival looks like a clock put back. */
const agreeingArrivals = 5;

/**
 * Wall clock of one PBX: turns its times, which carry no zone, into instants.
 *
 * With a zone, UniqueID's epoch (the start of the call's first channel) tells which of two instants a repeated hour
 * means, and overrules a zone in which the call would have begun before its own channel. Without a zone the offset is
 * learned from what records show (`clockEvidence`), for each time of the year by itself.
 */
export class PbxClock {
  private readonly zone: IANAZone | null;
  private readonly offsets = new Map<number, number>();
  private learned = new LearnedOffsets();
  private candidate = { offset: 0, seen: 0 };
  /** Grows with what is worth keeping of what was learned. */
  lessons = 0;

  /** @throws Error when `zone` is neither empty nor an IANA zone */
  constructor(zone: string) {
    this.zone = zone === '' ? null : IANAZone.create(zone);
    if (this.zone && !this.zone.isValid) {
      throw new Error(`"${zone}" is not a time zone. Expected an IANA name such as Europe/Paris, or nothing.`);
    }
  }

  /** What was learned before; what was learned since stands. */
  recall(spans: readonly OffsetSpan[]): void {
    const since = this.learned.seen;
    this.learned = new LearnedOffsets(spans);
    since.forEach(({ from, to, offset }) => [from, to].forEach((instant) => this.learned.see(instant, offset)));
  }

  /** What was learned of the clock; nothing where a zone is set. */
  get seen(): readonly OffsetSpan[] {
    return this.learned.seen;
  }

  /** True where a zone is set, so that nothing has to be learned. */
  get hasZone(): boolean {
    return this.zone !== null;
  }

  /** The zone that is set; empty where none is. */
  get zoneName(): string {
    return this.zone?.name ?? '';
  }

  /** Seconds that the wall clock is ahead of UTC at an instant; null where no zone is set and no record has shown it. */
  offsetAt(instant: number): number | null {
    return this.zone ? this.offsetInZone(this.zone, instant) : this.learned.at(instant);
  }

  /** Its offsets from one instant to another; null where they are not known. */
  stretches(from: number, to: number): ZoneStretch[] | null {
    if (this.zone) {
      return zoneStretches(this.zone.name, from, to);
    }
    const { seen } = this.learned;
    return seen.length === 0
      ? null
      : seen.map(({ offset }, place) => ({
          until: seen[place + 1]?.from ?? Number.MAX_SAFE_INTEGER,
          offset: offset * second,
        }));
  }

  /**
   * Seconds that the wall clock was ahead of UTC when it showed `wall` (milliseconds read as UTC); null where no zone is
   * set and no record has shown it.
   * @param arrival of a record that comes live
   */
  offsetOf(wall: number, uniqueId: string, arrival: Arrival | null = null): number | null {
    if (!this.zone) {
      const evidence = clockEvidence(wall, uniqueId, arrival);
      return evidence ? this.weigh(evidence) : this.learned.at(wall);
    }
    const channelStart = uniqueIdTime(uniqueId);
    const offset = this.zoneOffset(this.zone, wall, channelStart);
    const impossible = channelStart !== null && wall - offset * second < channelStart - 60 * second;
    return impossible ? Math.floor((wall - channelStart) / second / quarter) * quarter : offset;
  }

  /** Clocks change at quarters of an hour: what was asked for one is known for all of it. Asking the zone is slow. */
  private offsetInZone(zone: IANAZone, instant: number): number {
    const key = Math.floor(instant / (quarter * second));
    const known = this.offsets.get(key);
    if (known !== undefined) {
      return known;
    }
    if (this.offsets.size >= knownQuarters) {
      this.offsets.clear();
    }
    const offset = zone.offset(instant) * 60;
    this.offsets.set(key, offset);
    return offset;
  }

  private zoneOffset(zone: IANAZone, wall: number, channelStart: number | null): number {
    const around = [wall - 86_400_000, wall + 86_400_000].map((instant) => this.offsetInZone(zone, instant));
    const fitting = [...new Set(around)].filter((offset) => this.offsetInZone(zone, wall - offset * second) === offset);
    if (fitting.length < 2 || channelStart === null) {
      // A wall time that a clock change skips has no instant of its own: take the offset before the change.
      return most(fitting) ?? around[0]!;
    }
    const earliest = fitting.filter((offset) => wall - offset * second >= channelStart - 2 * second);
    return most(earliest) ?? least(fitting)!;
  }

  /** The offset of one record, and what follows from it for those to come: one alone moves the clock only by a proof. */
  private weigh({ at, earliest, latest, isExact }: ClockEvidence): number {
    const known = this.learned.at(at);
    const shown = isExact ? latest! : (earliest ?? latest!);
    const isLate = !isExact && earliest === null;
    if (known === shown) {
      this.candidate.seen = 0;
      return this.learn(at, shown);
    }
    const isPossible = known === null || (known >= (earliest ?? known) && known <= (latest ?? known));
    const isProof =
      known === null
        ? !isLate
        : earliest === latest || (isExact && !isPossible) || (isExact && earliest === null && shown - known === hour);
    const isNoReason = known !== null && isPossible && !isExact && latest !== null;
    if (isProof || (!isNoReason && this.isConfirmed(shown, latest === null ? agreeingArrivals : agreeing))) {
      this.candidate.seen = 0;
      return this.learn(at, shown);
    }
    return known !== null && isPossible ? known : shown;
  }

  private isConfirmed(offset: number, needed: number): boolean {
    const seen = this.candidate.offset === offset ? this.candidate.seen + 1 : 1;
    this.candidate = { offset, seen };
    return seen >= needed;
  }

  private learn(at: number, offset: number): number {
    this.lessons += this.learned.see(at, offset) ? 1 : 0;
    return offset;
  }
}
