/** A moment by two clocks, both in milliseconds: stretches are measured by the steady one, which nobody sets. */
export interface Moment {
  /** Time of day, epoch milliseconds. */
  time: number;
  /** Since whenever; it only goes on. */
  steady: number;
}

/** When something was, by the time of day as it is now. */
export function timeOf(then: Moment, now: Moment): number {
  return now.time - (now.steady - then.steady);
}
