import { minutesOfWeek, type BusinessHours } from './business-hours';
import { isHoliday } from './holidays';
import { offsetAt, type ZoneStretch } from './time-buckets';

/** A filter by wall clock, as a test of a row's time. */
export interface HourTest {
  hours: BusinessHours;
  /** Lets through what is out of the hours. */
  isNot: boolean;
  /** Zone whose clock counts; null for that of each row's PBX. */
  clock: readonly ZoneStretch[] | null;
}

/** Minutes from Monday 00:00 to 1970-01-01, a Thursday. */
export const minutesBeforeEpoch = 3 * 1440;

interface Timed {
  time: number;
  utcOffset: number;
}

export function meetsHourTest({ hours, isNot, clock }: HourTest, row: Timed): boolean {
  return isInHours(hours, clock, row) !== isNot;
}

export function isInHours(
  { spans, holidays }: BusinessHours,
  clock: readonly ZoneStretch[] | null,
  { time, utcOffset }: Timed
): boolean {
  const local = time + (clock ? offsetAt(clock, time) : utcOffset * 1000);
  const minute = (Math.floor(local / 60_000) + minutesBeforeEpoch) % minutesOfWeek;
  return spans.some(([from, to]) => minute >= from && minute < to) && !isHoliday(holidays, local);
}
