import type { StatisticsPlan } from '../../cdr/sum-facts';
import { fixedOffset, zoneStretches } from '../../cdr/time-buckets';
import { duckdbDialect } from '../duckdb/duckdb-dialect';
import { Binds } from './binds';
import { summedSpan } from './call-sums';
import { sumSql } from './sum-sql';

const minute = 60_000;
const quarter = 15 * minute;
const from = Date.UTC(2026, 0, 1, 10, 5);
const to = Date.UTC(2026, 11, 1, 9, 59, 59, 999);
const kept = { from: Date.UTC(2026, 0, 1, 10, 15), to: Date.UTC(2026, 11, 1, 9, 45) };

const year: StatisticsPlan = {
  ...{ from, to, filters: {}, groupBy: [], buckets: null, clock: null },
  serviceLevelThreshold: 20,
};

describe('the part of a range whose kept sums are read is', () => {
  it.each<[string, Partial<StatisticsPlan>]>([
    ['no buckets', {}],
    [
      'hours of a zone that is half an hour off',
      { buckets: { width: 60 * minute, stretches: fixedOffset(30 * minute) } },
    ],
    [
      'months of a zone whose clock changes',
      { buckets: { width: { months: 1 }, stretches: zoneStretches('Europe/Berlin', from, to) } },
    ],
    ['PBXes and directions', { groupBy: ['server', 'direction'] }],
    ['hours of a day of a zone', { groupBy: ['hourOfDay'], clock: zoneStretches('Asia/Kathmandu', from, to) }],
    [
      'filters that let everything through',
      { filters: { queue: [], custom: {}, minDuration: undefined, conditions: [] } },
    ],
    [
      'filters of PBXes and directions',
      { filters: { server: ['pbx'], conditions: [{ field: 'direction', operator: '!=', values: ['internal'] }] } },
    ],
  ])('all whole quarters of an hour, for %s', (_, plan) => {
    expect(summedSpan('call', { ...year, ...plan }, ['calls', 'answered'])).toEqual(kept);
  });

  it.each<[string, Partial<StatisticsPlan>]>([
    ['a range without a whole quarter', { from: quarter + 1, to: 3 * quarter - 1 }],
    ['buckets of five minutes', { buckets: { width: 5 * minute, stretches: fixedOffset(0) } }],
    ['buckets that begin within a quarter', { buckets: { width: 60 * minute, stretches: fixedOffset(20 * minute) } }],
    ['hours of a day on the clock of each PBX', { groupBy: ['hourOfDay'] }],
    ['queues', { groupBy: ['queue'] }],
    ['a filter of outcomes', { filters: { outcome: ['answered'] } }],
    ['a filter of seconds', { filters: { minDuration: 0 } }],
    ['an ad hoc filter of seconds', { filters: { conditions: [{ field: 'duration', operator: '>', values: ['5'] }] } }],
    ['a filter of teams', { filters: { teamTests: [{ agents: ['1001'], noneOf: null, isNot: false }] } }],
  ])('none, for %s', (_, plan) => {
    expect(summedSpan('call', { ...year, ...plan }, ['calls'])).toBeNull();
  });

  it('none, for facts of other kinds', () => {
    expect(summedSpan('visit', year, ['offered'])).toBeNull();
  });
});

test('calls are read before and after the whole quarters of an hour alone', () => {
  const statement = (plan: Partial<StatisticsPlan>, keepsSums = true) =>
    sumSql('call', { ...year, ...plan }, ['calls'], new Binds({ ...duckdbDialect, keepsSums }));
  expect(statement({}).match(/FROM (call|call_sum) f/g)).toEqual(['FROM call f', 'FROM call_sum f', 'FROM call f']);
  expect(statement(kept).match(/FROM (call|call_sum) f/g)).toEqual(['FROM call_sum f']);
  expect(statement({}, false)).not.toContain('call_sum');
});
