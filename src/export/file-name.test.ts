import { noon } from '../../tests/support/cdr-builders';
import { parseQuery } from '../query/parse-query';
import { PbxClock } from '../cdr/pbx-clock';
import { fileName } from './file-name';

const utc = new PbxClock('UTC');

const hour = 3_600_000;
const request = (from: number, to: number, timeZone: string) => ({
  query: { ...parseQuery({ queryType: 'calls' }), queryType: 'calls' as const },
  from,
  to,
  format: 'csv' as const,
  fields: [],
  dateFormat: 'iso' as const,
  timeZone,
  header: true,
  id: '12345678',
});

test('a file is named after the days it holds, in the zone of its times', () => {
  expect(fileName(request(noon, noon + hour, 'UTC'), utc)).toBe('calls-2026-11-24.csv');
  expect(fileName(request(noon - 13 * hour, noon + 11 * hour, 'UTC'), utc)).toBe('calls-2026-11-24.csv');
  expect(fileName(request(noon - 13 * hour, noon, 'pbx'), new PbxClock('America/Lima'))).toBe(
    'calls-2026-11-23-to-2026-11-24.csv'
  );
});
