import { retryDelay } from './retry-delay';

it('doubles up to a minute when nothing is taken off', () => {
  expect([1, 2, 3, 4, 5, 6, 7, 1000].map((failures) => retryDelay(failures, 0))).toEqual([
    2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000, 60_000,
  ]);
});

it('takes off up to half, but stays at a second at least', () => {
  expect(retryDelay(1, 1)).toBe(1_000);
  expect(retryDelay(4, 0.5)).toBe(12_000);
  expect(retryDelay(100, 1)).toBe(30_000);
});
