import type { AmiEvent } from './event';

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

type Timed = Pick<AmiEvent, 'fields' | 'at'>;

/** True where the time of an event is the PBX's own, and not its arrival. */
export const isOwnTime = ({ fields, at }: Timed): boolean => Math.round(Number(fields.Timestamp) * 1000) === at;

/**
 * When an event was by the PBX's clock, epoch milliseconds.
 *
 * @param clockOffset milliseconds that the PBX's clock is ahead of ours
 */
export function pbxTime(event: Timed, clockOffset: number): number {
  return Math.round(event.at + (isOwnTime(event) ? 0 : clockOffset));
}

/** When an event was by our clock, epoch milliseconds; never later than now, however far the PBX's clock is ahead. */
export function ourTime(event: Timed, clockOffset: number, now: number): number {
  return Math.min(now, Math.round(event.at - (isOwnTime(event) ? clockOffset : 0)));
}
