import { businessHourValues, minutesOfDay, spansOn, timesOf, type BusinessHours } from './business-hours';
import { meetsCondition, type Condition } from './conditions';
import { daysOfWeek } from './dimensions';
import { isHourFilter, type HourFilter } from './filter-fields';
import type { CdrFilters } from './filters';
import { noHolidays } from './holidays';
import type { HourTest } from './hour-test';
import type { ZoneStretch } from './time-buckets';

const everyDay = daysOfWeek.map((_, day) => day);
const never: BusinessHours = { spans: [], holidays: noHolidays };

type BareTest = Omit<HourTest, 'clock'>;

/**
 * Filters by day of week, time of day and business hours as tests of times.
 * @param hours null where none are set: no call is in or out of them
 * @param clock zone whose clock counts; null for that of each row's PBX
 */
export function withoutHours(
  { dayOfWeek, timeOfDay, businessHours, conditions, ...others }: CdrFilters,
  hours: BusinessHours | null,
  clock: readonly ZoneStretch[] | null
): CdrFilters {
  const lists = Object.entries({ dayOfWeek, timeOfDay, businessHours }) as Array<[HourFilter, string[] | undefined]>;
  const ofHours: Condition[] = [
    ...lists.flatMap(([field, values]): Condition[] => (values?.length ? [{ field, operator: '=', values }] : [])),
    ...(conditions ?? []).filter(({ field }) => isHourFilter(field)),
  ];
  const rest = conditions?.filter(({ field }) => !isHourFilter(field));
  const tests = ofHours.flatMap((condition) => testOf(condition, hours) ?? []).map((test) => ({ ...test, clock }));
  return {
    ...others,
    ...(rest && { conditions: rest }),
    ...(tests.length > 0 && { hourTests: tests }),
  };
}

/** Null where all times pass. */
function testOf(condition: Condition, hours: BusinessHours | null): BareTest | null {
  const { field, operator, values } = condition;
  const passes = (value: string): boolean => meetsCondition(condition, [value]);
  switch (field as HourFilter) {
    case 'dayOfWeek': {
      const days = everyDay.filter((day) => passes(daysOfWeek[day]!));
      return { hours: { spans: spansOn(days, [[0, minutesOfDay]]), holidays: noHolidays }, isNot: false };
    }
    case 'timeOfDay': {
      const times = values.map(timesOf).filter((one) => one !== null);
      return { hours: { spans: spansOn(everyDay, times), holidays: noHolidays }, isNot: operator === '!=' };
    }
    case 'businessHours':
      return businessTest(passes, hours);
  }
}

function businessTest(passes: (value: string) => boolean, hours: BusinessHours | null): BareTest | null {
  const [isIn, isOut] = hours ? businessHourValues.map(passes) : [passes(''), passes('')];
  if (isIn === isOut) {
    return isIn ? null : { hours: never, isNot: false };
  }
  return { hours: hours ?? never, isNot: isOut! };
}
