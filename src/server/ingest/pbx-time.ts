import type { AmiFrame } from '../../amiws/event';
import type { CdrRecord } from '../../cdr/record';

/** The newest instant that a PBX itself has named in this run: a clock besides our own. Epoch milliseconds. */
export class PbxTime {
  private latest: number | null = null;

  get newest(): number | null {
    return this.latest;
  }

  /** An event or an answer to a Ping, which carry the PBX's time in seconds where it sends one. */
  see(frame: AmiFrame): void {
    if (frame.kind === 'event' || frame.kind === 'response') {
      this.add(Number(frame.fields.Timestamp) * 1000);
    }
  }

  seeRecord({ startTime, endTime }: CdrRecord): void {
    this.add(endTime ?? startTime ?? NaN);
  }

  private add(instant: number): void {
    if (Number.isFinite(instant)) {
      this.latest = Math.max(instant, this.latest ?? instant);
    }
  }
}
