import fc from 'fast-check';
import { IANAZone } from 'luxon';
import {
  bucketKey,
  bucketStart,
  bucketStarts,
  fixedOffset,
  offsetAt,
  zoneStretches,
  type BucketPlan,
  type BucketWidth,
} from './time-buckets';

const hour = 3_600_000;
const day = 24 * hour;
const newYork = (from: string, to: string) => zoneStretches('America/New_York', Date.parse(from), Date.parse(to));
const iso = (instants: number[]) => instants.map((instant) => new Date(instant).toISOString());

describe('zoneStretches', () => {
  it('finds the instant of a clock change', () => {
    expect(newYork('2026-10-25T00:00:00Z', '2026-11-08T00:00:00Z')).toEqual([
      { until: Date.parse('2026-11-01T06:00:00Z'), offset: -4 * hour },
      { until: Number.MAX_SAFE_INTEGER, offset: -5 * hour },
    ]);
  });
});

describe('zoneStretches of all that can be asked for', () => {
  it('looks at a zone some thousand times only, and finds every clock change', () => {
    const looked = jest.spyOn(IANAZone.prototype, 'offset');
    const stretches = zoneStretches('Europe/Paris', 0, Date.UTC(2100, 0, 1));
    expect(looked.mock.calls.length).toBeLessThan(20_000);
    looked.mockRestore();
    // Twice a year from 1976 on.
    expect(stretches).toHaveLength(2 * (2099 - 1976 + 1) + 1);
  });
});

describe('time buckets', () => {
  it('of a day start at local midnight, also on the day of a clock change', () => {
    const plan: BucketPlan = { width: day, stretches: newYork('2026-10-30T00:00:00Z', '2026-11-05T00:00:00Z') };
    expect(iso(bucketStarts(plan, Date.parse('2026-10-31T12:00:00Z'), Date.parse('2026-11-03T00:00:00Z')))).toEqual([
      '2026-10-31T04:00:00.000Z',
      '2026-11-01T04:00:00.000Z',
      '2026-11-02T05:00:00.000Z',
    ]);
  });

  it('of an hour keep the two halves of the repeated hour apart', () => {
    const plan: BucketPlan = { width: hour, stretches: newYork('2026-10-31T00:00:00Z', '2026-11-02T00:00:00Z') };
    expect(iso(bucketStarts(plan, Date.parse('2026-11-01T05:00:00Z'), Date.parse('2026-11-01T08:00:00Z')))).toEqual([
      '2026-11-01T05:00:00.000Z',
      '2026-11-01T06:00:00.000Z',
      '2026-11-01T07:00:00.000Z',
    ]);
  });

  it('of a week start on Monday', () => {
    const plan: BucketPlan = { width: 7 * day, stretches: fixedOffset(0) };
    expect(iso([bucketStart(plan, bucketKey(plan, Date.parse('2026-11-24T13:00:00Z')))])).toEqual([
      '2026-11-23T00:00:00.000Z',
    ]);
  });

  it('of an hour follow a zone of half hours', () => {
    const plan: BucketPlan = { width: hour, stretches: fixedOffset(5.5 * hour) };
    expect(iso([bucketStart(plan, bucketKey(plan, Date.parse('2026-11-24T13:10:00Z')))])).toEqual([
      '2026-11-24T12:30:00.000Z',
    ]);
  });

  it('of a month and a year start at local midnight of their first day, before and after a clock change', () => {
    const [from, to] = [Date.parse('2026-09-15T12:00:00Z'), Date.parse('2027-02-01T00:00:00Z')];
    const stretches = newYork('2025-12-01T00:00:00Z', '2027-03-01T00:00:00Z');
    expect(iso(bucketStarts({ width: { months: 1 }, stretches }, from, to))).toEqual([
      '2026-09-01T04:00:00.000Z',
      '2026-10-01T04:00:00.000Z',
      '2026-11-01T04:00:00.000Z',
      '2026-12-01T05:00:00.000Z',
      '2027-01-01T05:00:00.000Z',
    ]);
    expect(iso(bucketStarts({ width: { months: 12 }, stretches }, from, to))).toEqual([
      '2026-01-01T05:00:00.000Z',
      '2027-01-01T05:00:00.000Z',
    ]);
  });

  it('of a month and a year hold the hours in which that of UTC has changed and that of the zone has not', () => {
    const stretches = newYork('2025-12-01T00:00:00Z', '2027-03-01T00:00:00Z');
    const startOf = (months: number, instant: string) => {
      const plan: BucketPlan = { width: { months }, stretches };
      return iso([bucketStart(plan, bucketKey(plan, Date.parse(instant)))])[0];
    };
    expect(startOf(1, '2026-11-01T03:59:59Z')).toBe('2026-10-01T04:00:00.000Z');
    expect(startOf(1, '2026-11-01T04:00:00Z')).toBe('2026-11-01T04:00:00.000Z');
    expect(startOf(12, '2027-01-01T04:59:59Z')).toBe('2026-01-01T05:00:00.000Z');
  });

  it('of a month end with February 29 in a leap year, and with February 28 in others', () => {
    const february = (year: number) => {
      const plan: BucketPlan = { width: { months: 1 }, stretches: fixedOffset(0) };
      const starts = bucketStarts(plan, Date.UTC(year, 1, 1), Date.UTC(year, 2, 2));
      return (starts[1]! - starts[0]!) / day;
    };
    expect([2024, 2026, 2000, 1900].map(february)).toEqual([29, 28, 29, 28]);
  });

  it('hold every instant in just one of the starts', () => {
    const from = Date.parse('2026-10-31T00:00:00Z');
    const to = Date.parse('2026-11-03T00:00:00Z');
    const stretches = newYork('2025-12-01T00:00:00Z', '2026-11-05T00:00:00Z');
    const widths = fc.constantFrom<BucketWidth>(hour / 4, hour, 3 * hour, 6 * hour, day, { months: 1 }, { months: 12 });
    fc.assert(
      fc.property(fc.integer({ min: from, max: to - 1 }), widths, (instant, width) => {
        const plan = { width, stretches };
        const start = bucketStart(plan, bucketKey(plan, instant));
        expect(bucketStarts(plan, from, to)).toContain(start);
        expect(start).toBeLessThanOrEqual(instant);
        expect(offsetAt(stretches, instant)).toBeLessThan(0);
      })
    );
  });
});

describe('a change of the clock', () => {
  const plan = (zone: string, width: number, day: string) => {
    const noonOfDay = Date.parse(`${day}T12:00:00Z`);
    const [from, to] = [noonOfDay - 2 * 86_400_000, noonOfDay + 2 * 86_400_000];
    return { from, to, buckets: { width, stretches: zoneStretches(zone, from - 86_400_000, to + 86_400_000) } };
  };

  it.each([
    ['Africa/Cairo', '2026-04-24', '2026-04-23T22:00:00.000Z'],
    ['Asia/Beirut', '2026-03-29', '2026-03-28T22:00:00.000Z'],
    ['America/Santiago', '2026-09-06', '2026-09-06T04:00:00.000Z'],
    ['America/Havana', '2026-03-08', '2026-03-08T05:00:00.000Z'],
  ])('at midnight, as in %s, begins the day with it', (zone, day, start) => {
    const { from, to, buckets } = plan(zone, 86_400_000, day);
    const starts = bucketStarts(buckets, from, to).map((instant) => new Date(instant).toISOString());
    expect(starts).toContain(start);
    expect(starts).toHaveLength(5);
  });

  it.each([25, 40, 45, 50, 60, 90, 1440])('leaves no instant without a row in buckets of %i minutes', (minutes) => {
    for (const [zone, day] of [
      ['Europe/Paris', '2026-03-29'],
      ['Europe/Paris', '2026-10-25'],
      ['Australia/Lord_Howe', '2026-04-05'],
      ['Africa/Cairo', '2026-04-24'],
    ] as const) {
      const { from, to, buckets } = plan(zone, minutes * 60_000, day);
      const starts = new Set(bucketStarts(buckets, from, to));
      const lost = Array.from({ length: (to - from) / 60_000 }, (_, n) => from + n * 60_000).filter(
        (instant) => !starts.has(bucketStart(buckets, bucketKey(buckets, instant)))
      );
      expect([zone, day, lost]).toEqual([zone, day, []]);
    }
  });
});
