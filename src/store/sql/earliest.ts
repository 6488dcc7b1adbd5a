import type { CallParts } from '../../cdr/call-parts';

const day = 86_400_000;

/** The bound from which on rows of calls are, by what is known of their beginnings; null where one is not known. */
export function beginningOf(beginnings: ReadonlyArray<number | null>): number {
  const least = beginnings.reduce<number>((found, time) => Math.min(found, time ?? 0), Infinity);
  // A clock may be read hours wrong.
  return Math.max(0, Math.floor(least) - 2 * day);
}

/** A visit of which only the end was heard began its hold time before. */
export function earliestOf({ records, events }: CallParts): number {
  const times = [
    ...records.map(({ startTime }) => startTime ?? 0),
    ...events.map(({ at, holdTime }) => at - (holdTime ?? 0) * 1000),
  ];
  return times.reduce((least, time) => Math.min(least, time), Infinity);
}
