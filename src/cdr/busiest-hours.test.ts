import { busiestHours, quarter, type Quarter } from './busiest-hours';
import { fixedOffset } from './time-buckets';

const hour = 4 * quarter;
const midnight = Date.UTC(2026, 10, 24);

/** A day of quarters from an instant on, by the Erlangs of those that have any. */
function day(
  start: number,
  busy: Readonly<Record<number, number>>,
  peaks: Readonly<Record<number, number>> = {}
): Quarter[] {
  return Array.from({ length: 96 }, (_, place) => ({
    from: start + place * quarter,
    calls: busy[place] === undefined ? 0 : 1,
    traffic: {
      length: quarter,
      volume: (busy[place] ?? 0) * quarter,
      peak: peaks[place] ?? Math.ceil(busy[place] ?? 0),
    },
  }));
}

describe('the busiest hour of a day', () => {
  it('is the 60 minutes, from a quarter on, with the most traffic', () => {
    const quarters = day(midnight, { 40: 1, 41: 2, 42: 4, 43: 4, 44: 2, 60: 5 }, { 43: 9 });
    expect(busiestHours(quarters, fixedOffset(0))).toEqual([
      { day: midnight, from: midnight + 41 * quarter, erlangs: 3, peak: 9, calls: 4 },
    ]);
  });

  it('is the first of those that are alike, and none of a day without calls', () => {
    const quarters = [...day(midnight, { 20: 2, 70: 2 }), ...day(midnight + 24 * hour, {})];
    expect(busiestHours(quarters, fixedOffset(0)).map(({ from }) => from)).toEqual([midnight + 17 * quarter]);
  });

  it('is within one day of the clock that is asked for', () => {
    const quarters = [...day(midnight, { 94: 3, 95: 3 }), ...day(midnight + 24 * hour, { 0: 3, 1: 3 })];
    expect(busiestHours(quarters, fixedOffset(0)).map(({ erlangs }) => erlangs)).toEqual([1.5, 1.5]);
    expect(busiestHours(quarters, fixedOffset(hour)).map(({ erlangs }) => erlangs)).toEqual([3]);
  });

  it('has no quarter in it that the range cuts', () => {
    const [first, ...others] = day(midnight, { 0: 8, 1: 1 });
    const cut = { ...first!, from: midnight + 60_000, traffic: { ...first!.traffic, length: quarter - 60_000 } };
    expect(busiestHours([cut, ...others], fixedOffset(0)).map(({ erlangs }) => erlangs)).toEqual([0.25]);
  });
});
