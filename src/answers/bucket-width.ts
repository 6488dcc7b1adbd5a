import { needsManyCalls } from '../cdr/metrics';
import { longestBucket, type BucketWidth } from '../cdr/time-buckets';
import { isOfPanel, parseInterval } from '../query/interval';
import type { CdrQuery } from '../query/model';
import type { TimeRange } from './answer';
import { InvalidQueryError } from '../query/invalid-query-error';
import { sentence } from '../sentences/sentence';

const minute = 60_000;
const widths = [1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1440, 7 * 1440].map((minutes) => minutes * minute);
/** Rows of one time series. */
const maxBuckets = 11_000;
/** Shares, averages and percentiles of narrower buckets would be of a call or two: a saw of 0 and 100 %. */
const usualLeast = 15 * minute;
/** Short ranges are cut into so many all the same. */
const leastBuckets = 12;

/**
 * Width of the time buckets of a question: that which it names, else the panel's, rounded up to one that people read.
 * @throws InvalidQueryError when the range holds more time buckets than an answer may
 */
export function bucketWidth(query: Pick<CdrQuery, 'interval' | 'metrics'>, range: TimeRange): BucketWidth {
  const width = parseInterval(query.interval) ?? atLeast(leastWidth(query, range));
  const buckets = (range.to - range.from) / longestBucket(width);
  if (buckets > maxBuckets) {
    throw new InvalidQueryError([sentence('query.bound.buckets', { buckets: Math.ceil(buckets), most: maxBuckets })]);
  }
  return width;
}

/** Who writes `$__interval` wants the panel's width, whatever is counted. */
function leastWidth(
  { interval, metrics }: Pick<CdrQuery, 'interval' | 'metrics'>,
  { from, to, intervalMs }: TimeRange
): number {
  return isOfPanel(interval) || !metrics.some(needsManyCalls)
    ? intervalMs
    : Math.max(intervalMs, Math.min(usualLeast, (to - from) / leastBuckets));
}

function atLeast(least: number): number {
  return widths.find((width) => width >= least) ?? widths.at(-1)!;
}
