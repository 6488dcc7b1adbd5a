import { dropGarbageOfStart } from './drop-garbage-of-start';

const own = globalThis.gc;
beforeEach(() => jest.useFakeTimers());
afterEach(() => {
  jest.useRealTimers();
  globalThis.gc = own;
});

it('frees once what the start needed, some seconds later', () => {
  const gc = jest.fn();
  globalThis.gc = gc;
  dropGarbageOfStart();
  jest.advanceTimersByTime(5_000);
  expect(gc).not.toHaveBeenCalled();
  jest.advanceTimersByTime(600_000);
  expect(gc.mock.calls).toEqual([[expect.objectContaining({ type: 'major', flavor: 'last-resort' })]]);
});

it('does nothing where Node was started without the option for it', () => {
  globalThis.gc = undefined;
  dropGarbageOfStart();
  expect(() => jest.advanceTimersByTime(600_000)).not.toThrow();
});
