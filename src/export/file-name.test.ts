import { noon } from '../../tests/support/cdr-builders';
import { parseQuery } from '../query/parse-query';
import { PbxClock } from '../cdr/pbx-clock';
import { fileName } from './file-name';

const utc = new PbxClock('UTC');

const hour = 3_600_000;
const request = (from: number, to: number, timeZone: string, queryType = 'calls') => ({
  query: parseQuery({ queryType }),
  from,
  to,
  intervalMs: 60_000,
  format: 'csv' as const,
  fields: [],
  dateFormat: 'iso' as const,
  timeZone,
  header: true,
  id: '12345678',
});

test('a file is named after the days it holds, in the zone of its times', () => {
  expect(fileName(request(noon, noon + hour, 'UTC'), utc, noon)).toBe('calls-2026-11-24.csv');
  expect(fileName(request(noon - 13 * hour, noon + 11 * hour, 'UTC'), utc, noon)).toBe('calls-2026-11-24.csv');
  expect(fileName(request(noon - 13 * hour, noon, 'pbx'), new PbxClock('America/Lima'), noon)).toBe(
    'calls-2026-11-23-to-2026-11-24.csv'
  );
});

test('a file of what goes on now is named after today, whatever the range is', () => {
  const lastWeek = request(noon - 200 * hour, noon - 150 * hour, 'UTC', 'callsNow');
  expect(fileName(lastWeek, utc, noon)).toBe('callsNow-2026-11-24.csv');
});
