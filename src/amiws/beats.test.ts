import { Beats } from './beats';

const second = 1_000;

it('none is left out while they come in time, or some seconds late', () => {
  const begin = performance.now();
  const beats = new Beats(15 * second);
  expect([15, 30, 52, 60, 75].map((at) => beats.leftOut(begin + at * second))).toEqual([0, 0, 0, 0, 0]);
});

it('as many are left out after a halt as fell into it, so that what waits has as long again to come', () => {
  const begin = performance.now();
  const beats = new Beats(5 * second);
  expect(beats.leftOut(begin + 5 * second)).toBe(0);
  expect(beats.leftOut(begin + 65 * second)).toBe(12);
  expect(beats.leftOut(begin + 70 * second)).toBe(0);
});

it('no more are left out after a halt of hours than two minutes have', () => {
  expect(new Beats(15 * second).leftOut(performance.now() + 7_200 * second)).toBe(9);
});
