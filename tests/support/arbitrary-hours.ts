import fc from 'fast-check';
import { businessHourValues, readBusinessHours, type BusinessHours } from '../../src/cdr/business-hours';
import type { Condition } from '../../src/cdr/conditions';
import type { CdrFilters } from '../../src/cdr/filters';

/** Hours around the calls of tests, Tuesday 2026-11-24 from 13:00 UTC on, and holidays on that day or the next. */
export const arbitraryHours: fc.Arbitrary<BusinessHours> = fc
  .record({
    lines: fc.subarray(['Tue 12:00-15:00', 'Mon-Fri 08:00-10:00', 'Mon, Wed 18:00-08:30', 'Sun 23:00-01:00'], {
      minLength: 1,
    }),
    holidays: fc.subarray(['2026-11-24', '2026-11-25', '2027-01-01', '11-24', '11-25 to 01-01', '02-29']),
  })
  .map(({ lines, holidays }) => readBusinessHours(lines, holidays).hours!);

/** Filters by wall clock, half of them none. */
export const arbitraryHourFilters: fc.Arbitrary<CdrFilters> = fc.oneof(
  { weight: 2, arbitrary: fc.constant({}) },
  fc.constantFrom(...businessHourValues).map((value) => ({ businessHours: [value] })),
  fc.record(
    {
      dayOfWeek: fc.subarray(['Tuesday', 'Wednesday']),
      timeOfDay: fc.subarray(['13:00-14:15', '22:00-09:00'], { minLength: 1 }),
      businessHours: fc.subarray([...businessHourValues]),
    },
    { requiredKeys: [] }
  )
);

/** Ad hoc filters by wall clock. */
export const arbitraryHourCondition: fc.Arbitrary<Condition> = fc.oneof(
  fc.record({
    field: fc.constantFrom('dayOfWeek' as const, 'businessHours' as const),
    operator: fc.constantFrom('=', '!=', '=~', '!~'),
    values: fc.subarray(['Tuesday', 'Wednesday', 'in hours', '.*hours', '(Tues|Wednes)day', ''], { minLength: 1 }),
  }),
  fc.record({
    field: fc.constant('timeOfDay' as const),
    operator: fc.constantFrom('=', '!='),
    values: fc.subarray(['13:00-14:15', '22:00-09:00'], { minLength: 1 }),
  })
);
