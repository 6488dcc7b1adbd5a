/** TCP waits no longer than this before it sends again what was not taken (Linux: TCP_RTO_MAX). Milliseconds. */
const longestPause = 120_000;

/**
 * The beats of a timer by which silence is counted, from one that begins now. Where the process was halted, a beat comes
 * late, and what the other side sent meanwhile may need as long again: TCP doubles its pauses while nothing is taken.
 */
export class Beats {
  private last = performance.now();

  /** @param every milliseconds */
  constructor(private readonly every: number) {}

  /**
   * At each beat: how many are to be left out of the count, this one included, since the process was halted; mostly 0.
   *
   * @param now milliseconds by the steady clock
   */
  leftOut(now = performance.now()): number {
    const late = now - this.last - this.every;
    this.last = now;
    return late < this.every ? 0 : Math.ceil(Math.min(late, longestPause) / this.every) + 1;
  }
}
