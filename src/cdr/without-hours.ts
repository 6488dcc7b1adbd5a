import { spansOn, timesOf, type BusinessHours } from './business-hours';
import { daysOfWeek } from './dimensions';
import type { CdrFilters } from './filters';
import type { HourTest } from './hour-test';
import type { ZoneStretch } from './time-buckets';

const everyDay = daysOfWeek.map((_, day) => day);
const noHours: BusinessHours = { spans: [], holidays: [] };

/**
 * Filters by day of week, time of day and business hours as tests of times.
 * @param hours null where none are set: no call is in or out of them
 * @param clock zone whose clock counts; null for that of each row's PBX
 */
export function withoutHours(
  { dayOfWeek, timeOfDay, businessHours, ...others }: CdrFilters,
  hours: BusinessHours | null,
  clock: readonly ZoneStretch[] | null
): CdrFilters {
  const tests: HourTest[] = [];
  const test = (spans: BusinessHours['spans']): void => {
    tests.push({ hours: { spans, holidays: [] }, isNot: false, clock });
  };
  if (dayOfWeek?.length) {
    const days = dayOfWeek.map((day) => daysOfWeek.findIndex((known) => known === day)).filter((day) => day >= 0);
    test(spansOn(days, [[0, 1440]]));
  }
  if (timeOfDay?.length) {
    test(
      spansOn(
        everyDay,
        timeOfDay.flatMap((text) => {
          const times = timesOf(text);
          return times ? [times] : [];
        })
      )
    );
  }
  const asked = new Set(businessHours);
  if (hours === null && asked.size > 0) {
    tests.push({ hours: noHours, isNot: false, clock });
  } else if (hours !== null && asked.size === 1) {
    tests.push({ hours, isNot: asked.has('out of hours'), clock });
  }
  return tests.length === 0 ? others : { ...others, hourTests: tests };
}
