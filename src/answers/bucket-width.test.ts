import { parseQuery } from '../query/parse-query';
import { bucketWidth } from './bucket-width';

const minute = 60_000;
const hour = 60 * minute;

const width = (json: object, hours: number, intervalMs: number) =>
  bucketWidth(parseQuery({ queryType: 'statistics', ...json }), { from: 0, to: hours * hour, intervalMs });

test.each(['answerRate', 'serviceLevelPct', 'averageWaitTime', 'waitTimeP90', 'occupancy'])(
  '%s follows the panel, but not into buckets of a call or two',
  (metric) => {
    const of = (hours: number, intervalMs: number) => width({ metrics: ['totalCalls', metric] }, hours, intervalMs);
    expect(of(6, 20_000)).toBe(15 * minute);
    expect(of(24, minute)).toBe(15 * minute);
    expect(of(1, 5_000)).toBe(5 * minute);
    expect(of(1 / 12, 1_000)).toBe(minute);
    expect(of(7 * 24, 50 * minute)).toBe(hour);
  }
);

test('counts follow the panel, however narrow', () => {
  expect(width({ metrics: ['totalCalls', 'peakConcurrentCalls', 'totalTalkTime'] }, 6, 20_000)).toBe(minute);
});

test.each([
  ['1m', minute],
  ['30000', 30_000],
  ['86400000', 24 * hour],
  ['1M', { months: 1 }],
  ['1y', { months: 12 }],
])('an interval of one’s own choice, %s, holds for rates too', (interval, chosen) => {
  expect(width({ metrics: ['answerRate'], interval }, 6, 20_000)).toEqual(chosen);
});

test.each(['$__interval', '${__interval}', '$__interval_ms', '${__interval_ms}ms'])(
  'where no page puts %s in, it is the width of the panel',
  (interval) => {
    expect(width({ metrics: ['answerRate'], interval }, 6, 5 * minute)).toBe(5 * minute);
  }
);
