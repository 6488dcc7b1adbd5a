import { Standstill } from './standstill';

test('a process knows for a while that it stood still, and for how long', () => {
  jest.useFakeTimers();
  let now = 0;
  const standstill = new Standstill(() => now);
  const pass = (ms: number) => {
    now += ms;
    jest.advanceTimersByTime(500);
  };
  pass(700);
  expect(standstill.length).toBe(0);
  pass(12_000);
  expect(standstill.length).toBe(12_000);
  pass(500);
  expect(standstill.length).toBe(12_000);
  for (let half = 0; half < 30; half++) {
    pass(500);
  }
  expect(standstill.length).toBe(0);
  standstill.close();
  jest.useRealTimers();
});
