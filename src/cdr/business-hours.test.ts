import fc from 'fast-check';
import { DateTime } from 'luxon';
import { readBusinessHours, timesOf, type BusinessHours } from './business-hours';
import { daysOfWeek } from './dimensions';
import { isInHours, meetsHourTest } from './hour-test';
import type { Operator } from './conditions';
import type { ConditionField } from './filter-fields';
import type { CdrFilters } from './filters';
import { withoutHours } from './without-hours';
import { zoneStretches } from './time-buckets';

const hoursOf = (lines: string[], holidays: string[] = []): BusinessHours => readBusinessHours(lines, holidays).hours!;
const zoneName = 'America/New_York';
const [from, to] = [Date.UTC(2026, 0, 1), Date.UTC(2027, 0, 1)];
const zone = zoneStretches(zoneName, from, to);
const at = (text: string): number => DateTime.fromISO(text, { zone: zoneName }).toMillis();
const isIn = (hours: BusinessHours, text: string): boolean => isInHours(hours, zone, { time: at(text), utcOffset: 0 });

describe('business hours', () => {
  it('are read from lines of days and times, in short and in full', () => {
    expect(hoursOf(['Mon-Fri 08:00-12:00, 13:00-18:00', 'Saturday, sun 9:00-13:00']).spans).toHaveLength(12);
    expect(hoursOf(['Fri-Mon 00:00-24:00']).spans).toEqual([
      [0, 1440],
      [4 * 1440, 7 * 1440],
    ]);
  });

  it('go on after midnight where they end before they begin, also from Sunday to Monday', () => {
    const night = hoursOf(['Fri, Sun 22:00-06:00']);
    const times = ['2026-11-27T22:00', '2026-11-28T05:59', '2026-11-28T06:00', '2026-11-30T05:59', '2026-11-27T05:00'];
    expect(times.map((time) => isIn(night, time))).toEqual([true, true, false, true, false]);
  });

  it('have none of a holiday, from midnight to midnight', () => {
    const open = hoursOf(['Mon-Sun 00:00-24:00'], ['2026-12-25']);
    const times = ['2026-12-24T23:59', '2026-12-25T00:00', '2026-12-25T23:59', '2026-12-26T00:00'];
    expect(times.map((time) => isIn(open, time))).toEqual([true, false, false, true]);
  });

  it('name each line and day that can’t be read, and lose nothing else', () => {
    const lines = [
      'Mon 08:00-18:00',
      'Someday 08:00-18:00',
      'Tue 25:00-26:00',
      'Wed 08:00-08:00',
      'Thu',
      '',
      'Mon-Tue-Wed 1:00-2:00',
    ];
    const read = readBusinessHours(lines, ['2026-02-30', '2028-02-29', 'Christmas']);
    expect(read.unread).toEqual([...lines.slice(1, 5), lines[6], '2026-02-30', 'Christmas']);
    const leapDay = Date.UTC(2028, 1, 29) / 86_400_000;
    expect(read.hours).toEqual({ spans: [[480, 1080]], holidays: { dates: [[leapDay, leapDay]], yearly: [] } });
  });

  it('follow the wall clock across its changes', () => {
    const early = hoursOf(['Mon-Sun 01:00-03:00']);
    // The clock is put forward from 2:00 to 3:00 on March 8, and back from 2:00 to 1:00 on November 1.
    const minutes = (day: string): number =>
      Array.from({ length: 26 * 60 }, (_, n) => at(`${day}T00:00`) + n * 60_000).filter(
        (time) => time < at(`${day}T23:00`) && isInHours(early, zone, { time, utcOffset: 0 })
      ).length;
    expect(['2026-03-08', '2026-11-01', '2026-06-01'].map(minutes)).toEqual([60, 180, 120]);
  });
});

describe('filters by wall clock', () => {
  const passes = (filters: Parameters<typeof withoutHours>[0], time: string, hours: BusinessHours | null = null) =>
    withoutHours(filters, hours, zone).hourTests!.every((test) =>
      meetsHourTest(test, { time: at(time), utcOffset: 0 })
    );

  it('let through a time of day over midnight on the day that is asked for alone', () => {
    const filters = { timeOfDay: ['22:00-06:00'], dayOfWeek: ['Friday'] };
    const times = ['2026-11-27T23:00', '2026-11-27T05:00', '2026-11-28T05:00', '2026-11-27T12:00'];
    expect(times.map((time) => passes(filters, time))).toEqual([true, true, false, false]);
  });

  it('let nothing through that is in or out of hours where none are set, and all where both are asked for', () => {
    expect(passes({ businessHours: ['out of hours'] }, '2026-11-27T12:00')).toBe(false);
    expect(withoutHours({ businessHours: ['in hours', 'out of hours'] }, hoursOf(['Mon 8:00-9:00']), zone)).toEqual({});
  });

  it('can be ad hoc filters, with patterns and negations', () => {
    const of = (field: ConditionField, operator: Operator, ...values: string[]) => ({
      conditions: [{ field, operator, values }],
    });
    const [friday, saturday] = ['2026-11-27T12:00', '2026-11-28T12:00'];
    const both = (filters: CdrFilters, hours: BusinessHours | null = null): boolean[] =>
      [friday, saturday].map((time) => passes(filters, time, hours));
    expect(both(of('dayOfWeek', '=', 'Friday', 'Sunday'))).toEqual([true, false]);
    expect(both(of('dayOfWeek', '!=', 'Friday'))).toEqual([false, true]);
    expect(both(of('dayOfWeek', '=~', 'S.*day'))).toEqual([false, true]);
    expect(both(of('timeOfDay', '!=', '11:00-13:00'))).toEqual([false, false]);
    const open = hoursOf(['Mon-Fri 08:00-18:00']);
    expect(both(of('businessHours', '=', 'in hours'), open)).toEqual([true, false]);
    expect(both(of('businessHours', '!=', 'in hours'), open)).toEqual([false, true]);
    expect(both(of('businessHours', '=~', 'out.*'), open)).toEqual([false, true]);
    expect(both(of('businessHours', '=', 'in hours'))).toEqual([false, false]);
    // None of them is in hours, where none are set.
    expect(withoutHours(of('businessHours', '!=', 'in hours'), null, zone)).toEqual({ conditions: [] });
    const others = { field: 'queue' as const, operator: '=' as const, values: ['support'] };
    const mixed = { conditions: [others, ...of('dayOfWeek', '=', 'Friday').conditions] };
    expect(withoutHours(mixed, null, zone)).toMatchObject({ conditions: [others], hourTests: [{ isNot: false }] });
  });

  it('agree with a calendar, at any minute of a year in a zone that changes its clock', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: from, max: to - 1 }),
        fc.subarray([...daysOfWeek]),
        fc.nat(1439),
        fc.integer({ min: 1, max: 1439 }),
        (time, days, start, length) => {
          const text = (minute: number) =>
            `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
          const [first, last] = [start, (start + length) % 1440];
          const local = DateTime.fromMillis(time, { zone: zoneName });
          const minute = local.hour * 60 + local.minute;
          const isTime = first < last ? minute >= first && minute < last : minute >= first || minute < last;
          const isDay = days.length === 0 || days.includes(daysOfWeek[local.weekday - 1]!);
          const timeOfDay = [`${text(first)}-${text(last)}`];
          expect(timesOf(timeOfDay[0]!)).toEqual([first, last]);
          const tests = withoutHours({ timeOfDay, dayOfWeek: days }, null, zone).hourTests!;
          expect(tests.every((test) => meetsHourTest(test, { time, utcOffset: 0 }))).toBe(isTime && isDay);
        }
      )
    );
  });
});
