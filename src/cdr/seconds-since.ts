/** Whole seconds from one instant to a later one, both in epoch milliseconds; 0 where it is not later. */
export function secondsSince(time: number, now: number): number {
  return Math.max(0, Math.floor((now - time) / 1000));
}
