import { Beats } from './beats';

const second = 1_000;

/** What becomes of beats at so many seconds. */
function leftOut(every: number, times: readonly number[]): boolean[] {
  // Whole, so that sums are exact.
  const begin = Math.ceil(performance.now());
  const beats = new Beats(every * second);
  return times.map((at) => beats.isLeftOut(begin + at * second));
}

it('none is left out while they come in time, or some seconds late', () => {
  expect(leftOut(15, [15, 30, 52, 60, 75])).toEqual([false, false, false, false, false]);
});

it('after a halt as many are left out as fell into it, the late one besides', () => {
  const after = Array.from({ length: 14 }, (_, n) => 65 + 5 * n);
  const found = leftOut(5, [5, ...after]);
  expect(found).toEqual([false, ...after.map((_, n) => n < 12)]);
});

it('after a halt of hours no more are left out than two minutes have', () => {
  const found = leftOut(
    15,
    Array.from({ length: 20 }, (_, n) => 7_200 + 15 * n)
  );
  expect(found.filter(Boolean)).toHaveLength(9);
});
