import { DateTime } from 'luxon';
import fc from 'fast-check';
import { noon } from '../../tests/support/cdr-builders';
import { dateFormats, type DateFormat } from './export-request';
import { timeText } from './time-text';

test.each<[DateFormat, string | number]>([
  ['iso', '2026-11-24T14:00:00+01:00'],
  ['plain', '2026-11-24 14:00:00'],
  ['epoch', noon],
  ['day-first', '24.11.2026 14:00:00'],
  ['month-first', '11/24/2026 14:00:00'],
])('%s', (format, written) => {
  expect(timeText(format, 'Europe/Berlin')(noon, -18_000)).toBe(written);
});

test("the zone pbx takes each row's own offset", () => {
  const write = timeText('iso', 'pbx');
  expect(write(noon, -18_000)).toBe('2026-11-24T08:00:00-05:00');
  expect(write(noon, 20_700)).toBe('2026-11-24T18:45:00+05:45');
  expect(write(noon, 0)).toBe('2026-11-24T13:00:00+00:00');
});

test('the hour that a clock change repeats is told apart by its offset', () => {
  const write = timeText('iso', 'America/New_York');
  const before = Date.UTC(2026, 10, 1, 5, 30);
  expect(write(before, 0)).toBe('2026-11-01T01:30:00-04:00');
  expect(write(before + 3_600_000, 0)).toBe('2026-11-01T01:30:00-05:00');
});

test('part of a second is kept where a time has one', () => {
  expect(timeText('iso', 'UTC')(noon + 250, 0)).toBe('2026-11-24T13:00:00.250+00:00');
});

const luxonFormats: Record<Exclude<DateFormat, 'epoch'>, string> = {
  iso: "yyyy-MM-dd'T'HH:mm:ssZZ",
  plain: 'yyyy-MM-dd HH:mm:ss',
  'day-first': 'dd.MM.yyyy HH:mm:ss',
  'month-first': 'MM/dd/yyyy HH:mm:ss',
};

test('any instant is written as Luxon writes it, in any zone', () => {
  const zones = [
    'UTC',
    'Europe/Berlin',
    'America/New_York',
    'Asia/Kathmandu',
    'Australia/Lord_Howe',
    'Africa/Casablanca',
  ];
  const writers = dateFormats.flatMap((format) =>
    format === 'epoch' ? [] : zones.map((zone) => ({ format, zone, write: timeText(format, zone) }))
  );
  fc.assert(
    fc.property(fc.integer({ min: 86_400, max: 4_000_000_000 }), fc.constantFrom(...writers), (seconds, one) => {
      const expected = DateTime.fromSeconds(seconds, { zone: one.zone }).toFormat(luxonFormats[one.format]);
      expect(one.write(seconds * 1000, 0)).toBe(expected);
    }),
    { numRuns: 2_000 }
  );
});
