const day = 86_400_000;
/** September 2001: before it, a PBX's clock was never set. */
const earliest = 1_000_000_000_000;

/**
 * The event's own time in epoch milliseconds, from the `Timestamp` that Asterisk adds where manager.conf says
 * `timestampevents = yes` (`epochseconds.microseconds`). The arrival time where there is none, where it can't be read,
 * or where it is before 2001 or more than a day ahead. Other clocks are believed however late the event comes: the times
 * in the PBX's records come from the same clock.
 */
export function eventTime(timestamp: string | undefined, arrival: number): number {
  if (timestamp === undefined || !/^\d{9,11}\.\d{1,6}$/.test(timestamp)) {
    return arrival;
  }
  const own = Math.round(Number(timestamp) * 1000);
  return own >= earliest && own <= arrival + day ? own : arrival;
}
