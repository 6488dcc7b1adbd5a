import { unlessStalled } from './unless-stalled';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

test('a file that nobody reads is ended after two minutes, one that is read slowly is not', async () => {
  const stalled = unlessStalled(() => new Promise<void>(() => undefined))('piece');
  const failed = expect(stalled).rejects.toThrow('The download stood still for 2 minutes');
  const slow = unlessStalled(() => new Promise<void>((read) => setTimeout(read, 119_000)))('piece');
  await jest.advanceTimersByTimeAsync(120_000);
  await failed;
  await expect(slow).resolves.toBeUndefined();
  expect(jest.getTimerCount()).toBe(0);
});
