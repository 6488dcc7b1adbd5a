import { NumberLookups } from './number-lookups';

const hour = 3_600_000;
const numbers = (count: number) => Array.from({ length: count }, (_, n) => `555${1000 + n}`);

test('a user may look for 60 different numbers an hour, each as often as panels refresh', () => {
  const lookups = new NumberLookups();
  expect(lookups.take('ann', numbers(60), 0)).toBe(true);
  expect(lookups.take('ann', numbers(60), 1)).toBe(true);
  expect(lookups.take('ann', ['5559999'], 2)).toBe(false);
  expect(lookups.take('bob', ['5559999'], 2)).toBe(true);
  expect(lookups.take('ann', ['5559999'], hour + 2)).toBe(true);
});

test('a list of more is refused whole', () => {
  expect(new NumberLookups().take('ann', numbers(61), 0)).toBe(false);
});
