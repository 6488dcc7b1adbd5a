import fc from 'fast-check';
import { addInTurn, noTotals, type GroupSums } from '../cdr/sum-facts';
import { PbxClock } from '../cdr/pbx-clock';
import { PbxClocks } from '../cdr/pbx-clocks';
import { parseQuery } from '../query/parse-query';
import { maskAnswer } from './mask-numbers';
import { statisticsAnswer } from './statistics-answer';
import { statisticsPlan } from './statistics-plan';
import { topGroups } from './top-groups';

const hour = 3_600_000;
const clocks = new PbxClocks({ newClock: () => new PbxClock('UTC') });
const groupOf = (source: string, calls: number, answered = 0, bucket: number | null = null): GroupSums => ({
  ...{ bucket, group: [source], distributions: {}, traffic: {} },
  sums: { ...noTotals().sums, calls, answered },
});

function answer(query: object, groups: readonly GroupSums[]) {
  const asked = parseQuery({ queryType: 'statistics', groupBy: ['source'], ...query });
  const plan = statisticsPlan(
    asked,
    { from: 0, to: 2 * hour, intervalMs: hour },
    { serviceLevelThreshold: 20, clocks }
  );
  return statisticsAnswer(asked, plan, groups, '');
}

const valuesOf = async (query: object, groups: readonly GroupSums[]) =>
  (await answer(query, groups)).fields.map(({ values }) => values);

const some = [groupOf('', 4, 1), groupOf('+4930111222', 9), groupOf('+4930333444', 7, 7), groupOf('100', 1)];

describe('the top groups', () => {
  it('come first, the highest at the top, and all others are one row at the end', async () => {
    expect(await valuesOf({ top: 2 }, some)).toEqual([
      ['+4930111222', '+4930333444', '(others)'],
      [9, 7, 5],
    ]);
  });

  it('are all groups, without a row of others, where there are no more', async () => {
    expect((await valuesOf({ top: 4 }, some))[0]).toEqual(['+4930111222', '+4930333444', '', '100']);
  });

  it('are ranked by the first figure; a rate of the rest is that of all its calls', async () => {
    expect(await valuesOf({ top: 1, metrics: ['answerRate', 'totalCalls'] }, some)).toEqual([
      ['+4930333444', '(others)'],
      [100, (100 * 1) / 14],
      [7, 14],
    ]);
  });

  it('and all others have shares of all, which make the whole', async () => {
    expect(await valuesOf({ top: 2, metrics: ['totalCalls', 'totalCallsShare'] }, some)).toEqual([
      ['+4930111222', '+4930333444', '(others)'],
      [9, 7, 5],
      [9, 7, 5].map((calls) => (100 * calls) / 21),
    ]);
  });

  it('of a time series are those of the whole range, in every bucket', async () => {
    const groups = [groupOf('1', 5, 0, 0), groupOf('2', 3, 0, 0), groupOf('2', 4, 0, hour), groupOf('3', 1, 0, hour)];
    const { fields } = await answer({ top: 1, format: 'timeseries', interval: '1h', timeZone: 'UTC' }, groups);
    expect(fields.slice(1).map(({ labels, values }) => [labels, values])).toEqual([
      [{ source: '2' }, [3, 4]],
      [{ source: '(others)' }, [5, 1]],
    ]);
  });

  it('keep the order of what they are where numbers are masked, and the total', async () => {
    const masked = await maskAnswer(await answer({ top: 2 }, some), 3);
    expect(masked.fields.map(({ values }) => values)).toEqual([
      ['••••222', '••••444', '(others)'],
      [9, 7, 5],
    ]);
  });

  it('and the rest add up to what all groups do, whatever is asked for', async () => {
    const groups = fc.array(
      fc.record({
        source: fc.constantFrom('a', 'b', 'c', 'd', ''),
        calls: fc.nat(9),
        longestWait: fc.nat(90),
        bucket: fc.constantFrom(0, hour),
      })
    );
    await fc.assert(
      fc.asyncProperty(groups, fc.nat(6), async (rows, top) => {
        const given = rows.map(({ source, calls, longestWait, bucket }): GroupSums => {
          const { sums, ...group } = groupOf(source, calls, 0, bucket);
          return { ...group, sums: { ...sums, longestWait } };
        });
        const total = (groups: readonly GroupSums[]) => {
          const whole = noTotals();
          groups.forEach((group) => addInTurn(whole, group));
          return whole;
        };
        const query = parseQuery({ queryType: 'statistics', groupBy: ['source'], top });
        const found = await topGroups(given, query);
        expect(total(found.groups)).toEqual(total(given));
        const kinds = new Set(found.groups.map(({ group }) => group[0]));
        expect(kinds.size).toBeLessThanOrEqual(top === 0 ? 5 : top + 1);
      })
    );
  });
});

test('a question asks for a thousand groups at most', () => {
  expect(() => parseQuery({ queryType: 'statistics', top: 1001 })).toThrow('top');
});
