import { Outbox } from './outbox';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

test('a write that fails is tried again, and those behind it wait', async () => {
  let isBroken = true;
  const written: number[] = [];
  const outbox = new Outbox(() => undefined);
  const put = (n: number) =>
    outbox.put(async () => {
      if (isBroken) {
        throw new Error('disk full');
      }
      written.push(n);
    });
  [1, 2, 3].forEach(put);
  await jest.advanceTimersByTimeAsync(10_000);
  expect(written).toEqual([]);
  expect(await outbox.flush()).toBe(false);
  isBroken = false;
  await jest.advanceTimersByTimeAsync(2_000);
  expect(written).toEqual([1, 2, 3]);
  put(4);
  await outbox.close();
  expect(written).toEqual([1, 2, 3, 4]);
});

test('past the bound the oldest writes go and are counted', async () => {
  let dropped = 0;
  let isBroken = true;
  const written: number[] = [];
  const outbox = new Outbox((count) => (dropped += count));
  for (let n = 0; n < 10_005; n++) {
    outbox.put(async () => {
      if (isBroken) {
        throw new Error('disk full');
      }
      written.push(n);
    });
  }
  await jest.advanceTimersByTimeAsync(0);
  isBroken = false;
  expect(await outbox.flush()).toBe(true);
  expect(dropped).toBe(5);
  expect(written).toHaveLength(10_000);
  expect(written.at(-1)).toBe(10_004);
});
