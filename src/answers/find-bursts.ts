import type { Condition } from '../cdr/conditions';
import type { CdrFilters } from '../cdr/filters';
import type { Measure } from '../cdr/measures';
import type { GroupSums } from '../cdr/sum-facts';
import { bucketStart, fixedOffset, type BucketPlan } from '../cdr/time-buckets';

export interface Burst {
  /** Epoch milliseconds. */
  from: number;
  to: number;
  server: string;
  /** Missed and abandoned calls in it. */
  calls: number;
}

/** @param minutes width of a bucket */
export function burstBuckets(minutes: number): BucketPlan<number> {
  return { width: minutes * 60_000, stretches: fixedOffset(0) };
}

/** A call that somebody made to the outside and nobody answered there was not missed here. */
export function missableCalls(filters: CdrFilters): CdrFilters {
  const inward: Condition = { field: 'direction', operator: '!=', values: ['outbound'] };
  return { ...filters, conditions: [...(filters.conditions ?? []), inward] };
}

/** The sums that bursts are found by. */
export const burstMeasures: readonly Measure[] = ['missed', 'abandoned'];

/**
 * Stretches in which a PBX missed many calls.
 * @param groups sums by server (the only group) and time bucket
 * @param least missed and abandoned calls that make a bucket part of a burst; neighbors make one
 */
export function findBursts(groups: readonly GroupSums[], buckets: BucketPlan<number>, least: number): Burst[] {
  const bursts: Burst[] = [];
  const latest = new Map<string, Burst>();
  const full = groups
    .map(({ bucket, group, sums }) => ({
      from: bucketStart(buckets, bucket!),
      server: group[0]!,
      calls: sums.missed + sums.abandoned,
    }))
    .filter(({ calls }) => calls >= least)
    .sort((a, b) => a.from - b.from);
  for (const { from, server, calls } of full) {
    const before = latest.get(server);
    if (before?.to === from) {
      before.to = from + buckets.width;
      before.calls += calls;
    } else {
      const burst = { from, to: from + buckets.width, server, calls };
      latest.set(server, burst);
      bursts.push(burst);
    }
  }
  return bursts;
}
