import fc from 'fast-check';
import { addSeconds, percentileOf, type Distributions } from './distributions';

const counted = (values: readonly number[]): Map<number, number> =>
  values.reduce((counts, value) => counts.set(value, (counts.get(value) ?? 0) + 1), new Map<number, number>());

test('facts of the same number of seconds add up', () => {
  const counts: Distributions = {};
  addSeconds(counts, 'waitTime', 5, 2);
  addSeconds(counts, 'waitTime', 5, 3);
  addSeconds(counts, 'waitTime', 7, 1);
  expect([...counts.waitTime!]).toEqual([
    [5, 5],
    [7, 1],
  ]);
});

describe('a percentile', () => {
  it('is null where there is no value', () => {
    expect(percentileOf(undefined, 90)).toBeNull();
    expect(percentileOf(new Map(), 90)).toBeNull();
  });

  it('is a value that occurred, the nearest rank', () => {
    const values = counted([15, 20, 35, 40, 50]);
    expect([5, 20, 21, 40, 50, 90, 100].map((percent) => percentileOf(values, percent))).toEqual([
      15, 15, 20, 20, 35, 50, 50,
    ]);
  });

  it('leaves at most that share of the values below it, and has at least that share up to it', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(50), { minLength: 1 }), fc.integer({ min: 1, max: 100 }), (values, percent) => {
        const found = percentileOf(counted(values), percent)!;
        const upTo = values.filter((value) => value <= found).length;
        const below = values.filter((value) => value < found).length;
        expect(100 * upTo).toBeGreaterThanOrEqual(percent * values.length);
        expect(100 * below).toBeLessThan(percent * values.length);
      })
    );
  });
});
