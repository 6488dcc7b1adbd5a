import fc from 'fast-check';
import { noCall } from './call';
import type { FactRow } from './fact-rows';
import { flowsOf, type FlowPlan } from './flows';
import { bucketSpans, fixedOffset, zoneStretches, type BucketPlan } from './time-buckets';
import { erlangs } from './traffic';
import { trafficOf } from './traffic-of-flows';

const call = (time: number, end: number, trunk = ''): FactRow => ({
  ...noCall,
  ...{ fact: 'call', server: 'pbx', linkedId: '', utcOffset: 0, queue: '', queues: [], agent: '', agents: [] },
  ...{ time, trunk, endedBy: '', transferred: false, adds: {}, seconds: {}, ends: { calls: end } },
});

const plan = (from: number, to: number, buckets: BucketPlan | null): FlowPlan => ({
  ...{ from, to, buckets, filters: {}, groupBy: [], clock: null, serviceLevelThreshold: 20, load: 'calls' },
  peaks: true,
});

/** Peak and Erlangs of each bucket. */
function traffic(calls: readonly FactRow[], asked: FlowPlan) {
  const flows = new Map(flowsOf(calls, asked).map((flow) => [flow.bucket, flow]));
  const { from, to, buckets } = asked;
  const spans = buckets ? bucketSpans(buckets, from, to) : [{ key: null, from, to }];
  return trafficOf(flows, spans, asked).map((one) => [one.peak, erlangs(one)]);
}

const tens: BucketPlan = { width: 10, stretches: fixedOffset(0) };

describe('the traffic of calls', () => {
  it('is of each bucket that a call lies in, by its part', () => {
    expect(traffic([call(5, 25)], plan(0, 30, tens))).toEqual([
      [1, 0.5],
      [1, 1],
      [1, 0.5],
    ]);
  });

  it('has no two calls at once where one begins as the other ends', () => {
    expect(traffic([call(0, 10), call(10, 15)], plan(0, 20, tens))).toEqual([
      [1, 1],
      [1, 0.5],
    ]);
    expect(traffic([call(2, 5), call(5, 8)], plan(0, 10, null))).toEqual([[1, 0.6]]);
    expect(traffic([call(2, 6), call(5, 8)], plan(0, 10, null))).toEqual([[2, 0.7]]);
  });

  it('holds a call that began before the range and lasts into it or beyond it', () => {
    expect(traffic([call(-90, 15), call(12, 900)], plan(0, 20, tens))).toEqual([
      [1, 1],
      [2, 1.3],
    ]);
  });

  it('is none of a call that is not in the range, or of no length', () => {
    expect(traffic([call(-5, 0), call(20, 25), call(7, 7)], plan(0, 20, tens))).toEqual([
      [0, 0],
      [0, 0],
    ]);
  });

  it('equals what is counted millisecond by millisecond, of any calls in any buckets', () => {
    const calls = fc.array(
      fc
        .record({ time: fc.integer({ min: -40, max: 130 }), length: fc.integer({ min: 0, max: 60 }) })
        .map(({ time, length }) => call(time, time + length)),
      { maxLength: 30 }
    );
    const width = fc.option(fc.integer({ min: 1, max: 50 }));
    fc.assert(
      fc.property(
        calls,
        width,
        fc.integer({ min: 0, max: 40 }),
        fc.integer({ min: 41, max: 120 }),
        (some, w, from, to) => {
          const asked = plan(from, to, w === null ? null : { width: w, stretches: fixedOffset(0) });
          const edges = w === null ? [from] : bucketSpans(asked.buckets!, from, to).map((span) => span.from);
          const counted = edges.map((edge, place) => {
            const instants = Array.from({ length: (edges[place + 1] ?? to) - edge }, (_, more) => edge + more);
            const levels = instants.map((at) => some.filter((row) => row.time <= at && at < row.ends.calls!).length);
            return [Math.max(...levels), levels.reduce((sum, level) => sum + level) / levels.length];
          });
          expect(traffic(some, asked)).toEqual(counted);
        }
      )
    );
  });

  it('of a day of a clock change is of all of its 25 hours', () => {
    const hour = 3_600_000;
    const [from, to] = [Date.parse('2026-11-01T04:00:00Z'), Date.parse('2026-11-02T05:00:00Z')];
    const buckets = { width: 24 * hour, stretches: zoneStretches('America/New_York', from - 24 * hour, to) };
    expect(traffic([call(from, to)], plan(from, to, buckets))).toEqual([[1, 1]]);
    expect(bucketSpans(buckets, from, to)).toHaveLength(1);
  });
});
