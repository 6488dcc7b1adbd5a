/** A moment by two clocks, both in milliseconds: stretches are measured by the steady one, which nobody sets. */
export interface Moment {
  /** Time of day, epoch milliseconds. */
  time: number;
  /** Since whenever; it only goes on. */
  steady: number;
}

/** When something was, by the time of day as it is now, in whole milliseconds. */
export function timeOf(then: Moment, now: Moment): number {
  return Math.round(now.time - (now.steady - then.steady));
}
