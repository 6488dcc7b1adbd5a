import fc from 'fast-check';
import { answerSource } from '../support/answer-source';
import { arbitraryParts } from '../support/arbitrary-parts';
import { cdrRecord, defaultRules, noon } from '../support/cdr-builders';
import { MemoryStore } from '../../src/browser-mode/memory-store';
import type { CdrRecord } from '../../src/cdr/record';
import { isBand } from '../../src/cdr/bands';
import { dimensions, type Dimension } from '../../src/cdr/dimensions';
import { metricIds, type MetricId } from '../../src/cdr/metrics';
import { parseQuery } from '../../src/query/parse-query';
import type { AnswerField } from '../../src/answers/answer';
import { answerQuery } from '../../src/answers/answer-query';
import { maskAnswer } from '../../src/answers/mask-numbers';

const hour = 3_600_000;
const range = { from: noon, to: noon + 2 * hour, intervalMs: hour };
const unanswered = { disposition: 'NO ANSWER', answerTime: null, billableSeconds: 0 } as const;
let ids = 0;

function callsOf(source: string, calls: number, answered = 0, more: Partial<CdrRecord> = {}): CdrRecord[] {
  return Array.from({ length: calls }, (_, place) =>
    cdrRecord({
      ...{ source, uniqueId: `${noon / 1000}.${ids++}` },
      ...(place < answered ? {} : unanswered),
      ...more,
    })
  );
}

function storeOf(records: readonly CdrRecord[]): MemoryStore {
  const store = new MemoryStore(1000, defaultRules);
  store.add({ records: [...records], events: [] });
  return store;
}

const ask = (json: object, store: MemoryStore) =>
  answerQuery(answerSource(store), parseQuery({ queryType: 'statistics', groupBy: ['source'], ...json }), range);
const valuesOf = async (json: object, records: readonly CdrRecord[]) =>
  (await ask(json, storeOf(records))).fields.map(({ values }) => values);

const some = [
  ...callsOf('', 4, 1),
  ...callsOf('+4930111222', 9),
  ...callsOf('+4930333444', 7, 7),
  ...callsOf('100', 1),
];

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

  it('have shares of all that differ only in the last field, also of what is among the others', async () => {
    const records = [
      ...callsOf('1', 5, 0, { accountCode: 'a' }),
      ...callsOf('1', 3, 0, { accountCode: 'b' }),
      ...callsOf('2', 1, 0, { accountCode: 'a' }),
    ];
    const json = { top: 1, groupBy: ['source', 'accountCode'], metrics: ['totalCalls', 'totalCallsShare'] };
    expect(await valuesOf(json, records)).toEqual([
      ['1', '(others)'],
      ['a', '(others)'],
      [5, 4],
      [(100 * 5) / 8, (100 * 4) / 9],
    ]);
  });

  it('of a time series are those of the whole range, in every bucket', async () => {
    const late = { startTime: noon + hour, endTime: noon + hour + 10_000 };
    const records = [callsOf('1', 5), callsOf('2', 3), callsOf('2', 4, 0, late), callsOf('3', 1, 0, late)].flat();
    const json = { top: 1, format: 'timeseries', interval: '1h', timeZone: 'UTC' };
    const { fields } = await ask(json, storeOf(records));
    expect(fields.slice(1).map(({ labels, values }) => [labels, values])).toEqual([
      [{ source: '2' }, [3, 4]],
      [{ source: '(others)' }, [5, 1]],
    ]);
  });

  it('keep the order of what they are where numbers are masked, and the total', async () => {
    const masked = await maskAnswer(await ask({ top: 2 }, storeOf(some)), 3);
    expect(masked.fields.map(({ values }) => values)).toEqual([
      ['••••222', '••••444', '(others)'],
      [9, 7, 5],
    ]);
  });

  it('leave to all others a peak of their own, not the sum of peaks', async () => {
    const at = (minute: number) => ({ startTime: noon + minute * 60_000, endTime: noon + minute * 60_000 + 30_000 });
    const records = [
      ...callsOf('1', 3, 0, at(0)),
      ...callsOf('2', 2, 0, at(1)),
      ...callsOf('3', 1, 0, at(1)),
      ...callsOf('4', 2, 0, at(2)),
    ];
    const json = { top: 1, metrics: ['totalCalls', 'peakConcurrentCalls'] };
    expect(await valuesOf(json, records)).toEqual([
      ['1', '(others)'],
      [3, 5],
      [3, 3],
    ]);
  });

  it('by hours have all others as one, with the mean of all their hours', async () => {
    const at = (hours: number) => ({ startTime: noon + hours * hour, endTime: noon + (hours + 0.5) * hour });
    const records = [
      ...callsOf('1', 3, 0, at(0)),
      ...callsOf('2', 1, 0, at(0)),
      ...callsOf('2', 1, 0, at(1)),
      ...callsOf('3', 1, 0, at(1)),
    ];
    const json = {
      ...{ top: 1, groupBy: ['source', 'hourOfDay'], timeZone: 'UTC' },
      metrics: ['totalCalls', 'erlangs', 'peakConcurrentCalls'],
    };
    const { fields, meta } = await ask(json, storeOf(records));
    expect(fields.map(({ values }) => values)).toEqual([
      ['1', '(others)'],
      ['13', '(others)'],
      [3, 3],
      [1.5, 0.75],
      [3, null],
    ]);
    expect(meta.notices).toContainEqual({ severity: 'info', text: expect.stringMatching(/^The row \(others\)/) });
  });

  it('are told by the store, which gives no other group, where the first figure is of sums', async () => {
    const store = storeOf(some);
    const highest = jest.spyOn(store, 'highest');
    const sum = jest.spyOn(store, 'sum');
    const asked = async (first: MetricId, groupBy: string[]) => {
      await ask({ top: 2, metrics: [first, 'totalCalls'], groupBy }, store);
      const sums = await Promise.all(sum.mock.results.map(({ value }) => value as ReturnType<MemoryStore['sum']>));
      const found = [highest.mock.calls.length, sums.map(({ rows }) => rows.length)];
      highest.mockClear();
      sum.mockClear();
      return found;
    };
    expect(await asked('totalCalls', ['source'])).toEqual([1, [3]]);
    expect(await asked('serviceLevelPct', ['source'])).toEqual([1, [3]]);
    expect(await asked('totalCallsShare', ['source'])).toEqual([1, [3]]);
    expect(await asked('talkTimeP90', ['source'])).toEqual([0, [4, 3]]);
    expect(await asked('peakConcurrentCalls', ['source'])).toEqual([0, [4, 3]]);
    expect(await asked('totalCallsShare', ['accountCode', 'source'])).toEqual([0, [4, 3, 1]]);
  });

  it('of nothing are none', async () => {
    expect(await valuesOf({ top: 2 }, [])).toEqual([[], []]);
  });

  it('are those of all groups that have the most, with the same figures, whatever is asked for', async () => {
    const questions = fc.record({
      groupBy: fc.subarray<Dimension>([...dimensions, 'custom.Department'], { minLength: 1, maxLength: 2 }),
      metrics: fc.uniqueArray(fc.constantFrom(...metricIds), { minLength: 1, maxLength: 3 }),
      top: fc.integer({ min: 1, max: 4 }),
    });
    await fc.assert(
      fc.asyncProperty(arbitraryParts, questions, async (parts, { top, ...json }) => {
        const store = new MemoryStore(1000, defaultRules);
        store.add(parts);
        fc.pre(isAllowed(json));
        const rowsOf = (fields: readonly AnswerField[]) =>
          Array.from(fields[0]!.values, (_, row) => fields.map(({ values }) => values[row]));
        const all = rowsOf((await ask(json, store)).fields);
        const found = rowsOf((await ask({ ...json, top }, store)).fields);
        const [alone, others] = [found.filter(([first]) => first !== '(others)'), found.at(-1)];
        const fields = json.groupBy.length;
        // A band of a group that nothing is in has figures of 0, but is no group.
        const leastRank = json.groupBy.some(isBand) ? 0 : -Infinity;
        const rank = (row: readonly unknown[]) => (row[fields] as number | null) ?? leastRank;
        expect(all).toEqual(expect.arrayContaining(alone));
        const ranks = all.map(rank).sort((a, b) => b - a);
        const bands = all.filter((row) => !alone.some((one) => one.slice(0, fields).every((v, i) => v === row[i])));
        expect(alone.map(rank)).toEqual(ranks.slice(0, alone.length));
        expect(alone.length === top || bands.every((row) => rank(row) <= 0)).toBe(true);
        if (others && others[0] === '(others)' && json.metrics[0] === 'totalCalls' && !json.groupBy.includes('team')) {
          expect(others[fields]).toBe(bands.reduce((sum, row) => sum + rank(row), 0));
        }
      }),
      { numRuns: 150 }
    );
  });
});

/** Some figures can't be grouped by every field. */
function isAllowed(json: object): boolean {
  try {
    return Boolean(parseQuery({ queryType: 'statistics', ...json }));
  } catch {
    return false;
  }
}

test('a question asks for a thousand groups at most', () => {
  expect(() => parseQuery({ queryType: 'statistics', top: 1001 })).toThrow('top');
});
