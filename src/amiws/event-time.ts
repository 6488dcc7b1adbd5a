const day = 86_400_000;

/**
 * The event's own time in epoch milliseconds, from the `Timestamp` that Asterisk adds where manager.conf says
 * `timestampevents = yes` (`epochseconds.microseconds`). The arrival time where there is none, where it can't be read,
 * or where it is more than a day from the arrival: such a clock is of no use.
 */
export function eventTime(timestamp: string | undefined, arrival: number): number {
  if (timestamp === undefined || !/^\d{9,11}\.\d{1,6}$/.test(timestamp)) {
    return arrival;
  }
  const own = Math.round(Number(timestamp) * 1000);
  return Math.abs(own - arrival) <= day ? own : arrival;
}
