import type { Flow } from './flows';
import type { BucketSpan } from './time-buckets';
import type { Traffic } from './traffic';

const noFlow = (peaks: boolean): Flow => ({ change: 0, rise: peaks ? 0 : null, moment: 0 });

/**
 * The traffic of one group in each time bucket.
 * @param flows by the keys of buckets
 * @param spans all buckets of a range that begins at `from`, epoch milliseconds
 */
export function trafficOf(
  flows: ReadonlyMap<number | null, Flow>,
  spans: ReadonlyArray<BucketSpan<number | null>>,
  { from, peaks }: { from: number; peaks: boolean }
): Traffic[] {
  const none = noFlow(peaks);
  let level = 0;
  return spans.map((span) => {
    const { change, rise, moment } = flows.get(span.key) ?? none;
    const length = span.to - span.from;
    const traffic: Traffic = {
      length,
      volume: level * length + change * (span.to - from) - moment,
      peak: rise === null ? null : level + rise,
    };
    level += change;
    return traffic;
  });
}
