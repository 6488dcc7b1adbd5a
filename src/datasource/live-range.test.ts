import { dateTime, type RawTimeRange, type TimeRange } from '@grafana/data';
import { startAt } from '../query/live-start';
import { endsNow, liveRanges, liveStart, rangeNow } from './live-range';

const now = Date.UTC(2026, 10, 24, 13);
const hour = 3_600_000;

function range(raw: RawTimeRange, from: number, to: number): TimeRange {
  return { raw, from: dateTime(from), to: dateTime(to) };
}

test('the last hour goes on live and moves with the clock', () => {
  const lastHour = range({ from: 'now-1h', to: 'now' }, now - hour, now);
  expect(endsNow(lastHour, now + 10)).toBe(true);
  expect(startAt(liveStart(lastHour), now + hour)).toBe(now);
});

test('today goes on live from midnight, wherever now is', () => {
  const today = range({ from: 'now/d', to: 'now/d' }, now - 13 * hour, now + 11 * hour);
  expect(endsNow(today, now)).toBe(true);
  expect(startAt(liveStart(today), now + hour)).toBe(now - 13 * hour);
});

test('a range from a fixed instant until now keeps its start', () => {
  const since = range({ from: dateTime(now - hour), to: 'now' }, now - hour, now);
  expect(startAt(liveStart(since), now + hour)).toBe(now - hour);
});

test('yesterday and a range shifted into the past do not go on', () => {
  expect(endsNow(range({ from: 'now-1d/d', to: 'now-1d/d' }, now - 37 * hour, now - 13 * hour), now)).toBe(false);
  expect(endsNow(range({ from: 'now-25h', to: 'now-24h' }, now - 25 * hour, now - 24 * hour), now)).toBe(false);
  expect(endsNow(range({ from: dateTime(now - hour), to: dateTime(now) }, now - hour, now), now)).toBe(false);
});

describe('with the clock', () => {
  const zone = 'Europe/Berlin';
  const midnight = Date.UTC(2026, 10, 24, 23);
  const today = range({ from: 'now/d', to: 'now/d' }, midnight - 24 * hour, midnight - 1);

  beforeEach(() => jest.useFakeTimers({ now: midnight - hour }));
  afterEach(() => jest.useRealTimers());

  test('today begins at the next midnight of the dashboard’s zone once it has come', () => {
    const starts: number[] = [];
    const subscription = liveRanges(today, zone).subscribe(({ from }) => starts.push(from.valueOf()));
    jest.advanceTimersByTime(hour - 1_000);
    expect(starts).toEqual([midnight - 24 * hour]);
    jest.advanceTimersByTime(60_000);
    expect(starts).toEqual([midnight - 24 * hour, midnight]);
    subscription.unsubscribe();
    expect(jest.getTimerCount()).toBe(0);
  });

  test('the last hour moves by itself, and needs no other look', () => {
    const lastHour = range({ from: 'now-1h', to: 'now' }, midnight - 2 * hour, midnight - hour);
    const shown: unknown[] = [];
    liveRanges(lastHour, zone).subscribe((now) => shown.push(now));
    expect(shown).toEqual([lastHour]);
    expect(jest.getTimerCount()).toBe(0);
    jest.setSystemTime(midnight);
    expect(rangeNow(lastHour, zone).from.valueOf()).toBe(midnight - hour);
    expect(rangeNow(lastHour, zone).to.valueOf()).toBe(midnight);
  });

  test('an instant stays what it is', () => {
    const since = range({ from: dateTime(now), to: 'now' }, now, midnight - hour);
    jest.setSystemTime(midnight);
    expect(rangeNow(since, zone).from.valueOf()).toBe(now);
    expect(rangeNow(since, zone).to.valueOf()).toBe(midnight);
  });
});
