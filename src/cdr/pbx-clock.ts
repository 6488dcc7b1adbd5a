import { IANAZone } from 'luxon';
import { uniqueIdTime } from './wall-clock';

const second = 1000;
const quarter = 900;
/** Some hundred days. */
const knownQuarters = 10_000;

/**
 * Wall clock of one PBX: turns its times, which carry no zone, into instants.
 *
 * With a zone, UniqueID's epoch (the start of the call's first channel) tells which of two instants a repeated hour
 * means, and overrules a zone in which the call would have begun before its own channel. Without a zone the offset is
 * learned: most records start in the same second as their channel, and no zone's offset is other than a multiple of a
 * quarter of an hour.
 */
export class PbxClock {
  private readonly zone: IANAZone | null;
  private readonly offsets = new Map<number, number>();
  private learned: number | null = null;
  private candidate: number | null = null;

  /** @throws Error when `zone` is neither empty nor an IANA zone */
  constructor(zone: string) {
    this.zone = zone === '' ? null : IANAZone.create(zone);
    if (this.zone && !this.zone.isValid) {
      throw new Error(`"${zone}" is not a time zone. Expected an IANA name such as Europe/Paris, or nothing.`);
    }
  }

  /** Seconds that the wall clock is ahead of UTC at an instant. */
  offsetAt(instant: number): number {
    return this.zone ? this.offsetInZone(this.zone, instant) : (this.learned ?? 0);
  }

  /** Seconds that the wall clock was ahead of UTC when it showed `wall` (milliseconds read as UTC). */
  offsetOf(wall: number, uniqueId: string): number {
    const channelStart = uniqueIdTime(uniqueId);
    if (!this.zone) {
      return this.learnedOffset(wall, channelStart);
    }
    const offset = this.zoneOffset(this.zone, wall, channelStart);
    const impossible = channelStart !== null && wall - offset * second < channelStart - 60 * second;
    return impossible ? toQuarter((wall - channelStart) / second) : offset;
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
      return fitting.length > 0 ? Math.max(...fitting) : around[0]!;
    }
    const earliest = fitting.filter((offset) => wall - offset * second >= channelStart - 2 * second);
    return earliest.length > 0 ? Math.max(...earliest) : Math.min(...fitting);
  }

  private learnedOffset(wall: number, channelStart: number | null): number {
    if (channelStart === null) {
      return this.learned ?? 0;
    }
    const seen = (wall - channelStart) / second;
    const offset = toQuarter(seen);
    if (this.learned === null) {
      this.learned = offset;
    } else if (Math.abs(seen - offset) <= 2 && offset !== this.learned) {
      // One leg can start just a quarter of an hour after its channel; two in a row are a change of the clock.
      this.learned = offset === this.candidate ? offset : this.learned;
      this.candidate = offset;
    } else if (offset === this.learned) {
      this.candidate = null;
    }
    return this.learned;
  }
}

function toQuarter(seconds: number): number {
  return Math.round(seconds / quarter) * quarter;
}
