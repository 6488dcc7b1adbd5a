import { minutesOfWeek, type BusinessHours } from '../../cdr/business-hours';
import type { DaySpan, Holidays } from '../../cdr/holidays';
import { minutesBeforeEpoch } from '../../cdr/hour-test';
import type { ZoneStretch } from '../../cdr/time-buckets';
import type { Binds } from './binds';

/** Milliseconds that a zone is ahead of UTC at the time of a row. */
export function offsetSql(time: string, stretches: readonly ZoneStretch[], binds: Binds): string {
  const last = binds.integer(stretches.at(-1)!.offset);
  const cases = stretches
    .slice(0, -1)
    .map(({ until, offset }) => `WHEN ${time} < ${binds.integer(until)} THEN ${binds.integer(offset)}`);
  return cases.length === 0 ? last : `(CASE ${cases.join(' ')} ELSE ${last} END)`;
}

/** The time of a row `f` on the wall clock of a zone, or of its PBX where none is given, in milliseconds. */
export function localTimeSql(time: string, clock: readonly ZoneStretch[] | null, binds: Binds): string {
  return `(${time} + ${clock ? offsetSql(time, clock, binds) : 'CAST(f.utc_offset AS BIGINT) * 1000'})`;
}

/** The counterpart of `isInHours`. */
export function inHoursSql(
  { spans, holidays }: BusinessHours,
  clock: readonly ZoneStretch[] | null,
  time: string,
  binds: Binds
): string {
  if (spans.length === 0) {
    return '(1 = 0)';
  }
  const { floorDivide } = binds.dialect;
  const local = localTimeSql(time, clock, binds);
  const minute = `((${floorDivide(local, '60000')}) + ${minutesBeforeEpoch}) % ${minutesOfWeek}`;
  const isOpen = binds.dialect.isBetween(minute, spans.flat());
  const isHoliday = holidaySql(holidays, local, binds);
  return isHoliday === null ? `(${isOpen})` : `(${isOpen} AND NOT (${isHoliday}))`;
}

/** The counterpart of `isHoliday`; null where there are none. */
function holidaySql({ dates, yearly }: Holidays, local: string, { dialect }: Binds): string | null {
  const { floorDivide, monthAndDay, isBetween } = dialect;
  const isWithin = (day: string, spans: readonly DaySpan[]): string[] =>
    spans.length === 0
      ? []
      : [
          isBetween(
            day,
            spans.flatMap(([from, to]) => [from, to + 1])
          ),
        ];
  const all = [...isWithin(`(${floorDivide(local, '86400000')})`, dates), ...isWithin(monthAndDay(local), yearly)];
  return all.length === 0 ? null : all.join(' OR ');
}
