import { isHoliday, joinHolidays, noHolidays, readHolidays } from './holidays';

const holidaysOf = (...lines: string[]) => joinHolidays(lines.map((line) => readHolidays(line) ?? noHolidays));
const among = (days: string[], ...lines: string[]) =>
  days.filter((day) => isHoliday(holidaysOf(...lines), Date.parse(`${day}T12:00Z`)));

describe('holidays', () => {
  it('of a date are on that day of that year, those of a month and day on it every year', () => {
    const days = ['2025-12-25', '2026-12-24', '2026-12-25', '2027-12-25'];
    expect(among(days, '2026-12-25')).toEqual(['2026-12-25']);
    expect(among(days, '12-25')).toEqual(['2025-12-25', '2026-12-25', '2027-12-25']);
  });

  it('of a range are on its first and its last day too, also over the end of a year', () => {
    const days = ['2026-12-23', '2026-12-24', '2026-12-31', '2027-01-01', '2027-01-02', '2027-12-24'];
    expect(among(days, '12-24 to 01-01')).toEqual(['2026-12-24', '2026-12-31', '2027-01-01', '2027-12-24']);
    expect(among(days, '2026-12-24 – 2027-01-01')).toEqual(['2026-12-24', '2026-12-31', '2027-01-01']);
    expect(among(days, '2026-12-24 .. 2026-12-24')).toEqual(['2026-12-24']);
  });

  it('of February 29 are in leap years only', () => {
    expect(among(['2027-02-28', '2027-03-01', '2028-02-29'], '02-29')).toEqual(['2028-02-29']);
  });

  it('that overlap or touch are one range', () => {
    expect(holidaysOf('12-24', '12-25 to 12-27', '12-26').yearly).toEqual([[1224, 1227]]);
  });

  it('are nothing where a line can’t be read', () => {
    const lines = [
      '',
      '25.12.',
      '02-30',
      '13-01',
      '2026-12-25 to 12-26',
      '2026-12-26 to 2026-12-25',
      '12-24 to 12-25 to 12-26',
    ];
    expect(lines.map(readHolidays)).toEqual(lines.map(() => null));
  });
});
