import type { Fact, Measure } from '../../cdr/measures';
import type { StatisticsPlan } from '../../cdr/sum-facts';
import { postgresDialect } from '../postgres/postgres-dialect';
import { Binds } from './binds';
import { sumSql } from './sum-sql';

const hour = 3_600_000;
const hours: StatisticsPlan['buckets'] = { width: hour, stretches: [{ until: Infinity, offset: 0 }] };

function sqlOf(plan: Partial<StatisticsPlan>, fact: Fact = 'visit', measure: Measure = 'offered'): string {
  const whole: StatisticsPlan = {
    from: 0,
    to: 24 * hour,
    filters: {},
    groupBy: [],
    buckets: null,
    clock: null,
    serviceLevelThreshold: 20,
    ...plan,
  };
  return sumSql(fact, whole, [measure], new Binds(postgresDialect));
}

test('rows are compared by what they differ in alone', () => {
  expect(sqlOf({})).not.toContain('GROUP BY');
  expect(sqlOf({ groupBy: ['queue', 'server'] })).toContain('GROUP BY 2, 3 HAVING');
  expect(sqlOf({ buckets: hours, groupBy: ['queue'] })).toContain('GROUP BY 1, 2 HAVING');
});

test('times are divided as whole numbers where none is negative, which would be cut off and not rounded down', () => {
  expect(sqlOf({ buckets: hours })).not.toContain('floor(');
  expect(sqlOf({ buckets: hours, from: -1 })).toContain('floor(');
  const ahead = { ...hours, stretches: [{ until: Infinity, offset: -hour / 2 }] };
  expect(sqlOf({ buckets: ahead })).toContain('floor(');
  expect(sqlOf({ buckets: ahead, from: hour / 2 })).not.toContain('floor(');
});

test('records are joined with their calls only where something of the calls is asked for', () => {
  const records = (plan: Partial<StatisticsPlan>): string => sqlOf(plan, 'record', 'records');
  expect(records({ groupBy: ['server'], filters: { queue: ['sales'] } })).not.toContain('JOIN');
  expect(records({ filters: { outcome: ['missed'] } })).toContain('LEFT JOIN call');
  expect(records({ filters: { endedBy: [''] } })).toContain('LEFT JOIN call');
  expect(records({ groupBy: ['outcome'] })).toContain('LEFT JOIN call');
});
