import type { PbxClock } from '../cdr/pbx-clock';
import { parseWallClock } from '../cdr/wall-clock';
import { wallText } from './wall-text';

const epoch = /^\d{9,10}(\.\d+)?$/;

/** Reads the times of a table or file, which may be kept in another zone than the PBX's, as those of the PBX's clock. */
export class TableClock {
  /** @param tableClock null where the times are those of the PBX's own clock */
  constructor(
    private readonly pbxClock: PbxClock,
    private readonly tableClock: PbxClock | null
  ) {}

  /**
   * A time as the `Cdr` event would tell it, `2026-11-24 13:25:00`; empty where there is none. Takes what databases give:
   * `2026-11-24 13:25:00.000000+01`, epoch seconds.
   */
  pbxWall(text: string, uniqueId: string): string {
    if (epoch.test(text)) {
      return this.wallAt(Math.floor(Number(text)) * 1000);
    }
    const wall = parseWallClock(text.slice(0, 19));
    if (wall === null) {
      return '';
    }
    // A zone that PostgreSQL tells is that of its session: Asterisk's writing and our reading undo each other.
    return this.tableClock
      ? this.wallAt(wall - (this.tableClock.offsetOf(wall, uniqueId) ?? 0) * 1000)
      : wallText(wall);
  }

  /** Whether a text is a time, though its zone may not be known. */
  isTime(text: string): boolean {
    return epoch.test(text) || parseWallClock(text.slice(0, 19)) !== null;
  }

  /** A time as an instant, epoch milliseconds, with the fraction of its second; null for none, or in an unknown zone. */
  instant(text: string, uniqueId: string): number | null {
    if (epoch.test(text)) {
      return Math.floor(Number(text) * 1000);
    }
    const wall = parseWallClock(text.slice(0, 19));
    const offset = wall === null ? null : (this.tableClock ?? this.pbxClock).offsetOf(wall, uniqueId);
    const fraction = Number(/^\.\d{1,9}/.exec(text.slice(19))?.[0] ?? 0);
    return offset === null ? null : wall! - offset * 1000 + Math.floor(fraction * 1000);
  }

  /** An instant as the table writes it. */
  tableWall(instant: number): string {
    return wallText(instant + ((this.tableClock ?? this.pbxClock).offsetAt(instant) ?? 0) * 1000);
  }

  private wallAt(instant: number): string {
    return wallText(instant + (this.pbxClock.offsetAt(instant) ?? 0) * 1000);
  }
}
