/** No sender waits longer before it tries again (Linux: TCP_RTO_MAX). Milliseconds. */
const longestPause = 120_000;

/**
 * The beats of a timer by which silence is counted, from one that begins now. Where the process was halted, a beat comes
 * late, and for as long again the beats are left out: what was sent meanwhile may need that long. A sender whose data is
 * not taken doubles its pauses, and whatever it is sent itself makes it wait anew, so that nothing is sent then either.
 */
export class Beats {
  private last = performance.now();
  private left = 0;

  /** @param every milliseconds */
  constructor(private readonly every: number) {}

  /**
   * Asked at each beat, once.
   * @param now milliseconds by the steady clock
   */
  isLeftOut(now = performance.now()): boolean {
    const late = now - this.last - this.every;
    this.last = now;
    if (late >= this.every) {
      this.left = Math.ceil(Math.min(late, longestPause) / this.every) + 1;
    }
    return this.left > 0 && this.left-- > 0;
  }
}
