import { defaultBounds, isBand, type BandBounds } from '../cdr/bands';
import type { ReadBusinessHours } from '../cdr/business-hours';
import type { CallerSpans } from '../cdr/caller-rows';
import type { Distribution } from '../cdr/distributions';
import { factsOf, type Fact, type Measure } from '../cdr/measures';
import { metrics, type Metric, type MetricId } from '../cdr/metrics';
import type { PbxClocks } from '../cdr/pbx-clocks';
import type { StatisticsPlan } from '../cdr/sum-facts';
import { fixedOffset, longestBucket, zoneStretches, type ZoneStretch } from '../cdr/time-buckets';
import type { TimeRange } from './answer';
import { bucketWidth } from './bucket-width';
import type { CdrQuery } from '../query/model';

const minute = 60_000;
const day = 1440 * minute;
const century = 36_525 * day;

/** What of the data source a statistics query needs to know. */
export interface StatisticsDefaults {
  /** Seconds. */
  serviceLevelThreshold: number;
  /** Seconds; that of the service level where it is 0 or left out. */
  shortAbandonThreshold?: number;
  /** Wall clocks of the PBXes, by which a question that names no zone cuts its days. */
  clocks: Pick<PbxClocks, 'of' | 'ofQuestion'>;
  /** None where left out. */
  businessHours?: ReadBusinessHours;
}

/** @throws RangeError when the range holds more time buckets than an answer may */
export function statisticsPlan(
  query: CdrQuery,
  range: TimeRange,
  defaults: StatisticsDefaults
): StatisticsPlan & { callers: CallerSpans } {
  const width = query.format === 'timeseries' ? bucketWidth(query, range) : null;
  // The first bucket may start long before the range.
  const from = range.from - day - (width === null ? 0 : Math.min(longestBucket(width), century));
  const to = range.to + day;
  const stretches = zoneOf(query, defaults, { from, to }, range.to);
  return {
    from: range.from,
    to: range.to,
    filters: query.filters,
    groupBy: query.groupBy,
    buckets: width === null ? null : { width, stretches },
    clock: query.timeZone === 'pbx' ? null : stretches,
    businessHours: defaults.businessHours?.hours ?? null,
    serviceLevelThreshold: query.serviceLevelThreshold || defaults.serviceLevelThreshold,
    shortAbandonThreshold: query.shortAbandonThreshold || defaults.shortAbandonThreshold || undefined,
    callers: {
      lostWithin: query.callBackHours * 60 * minute,
      repeatWithin: query.repeatDays * day,
      now: Date.now(),
    },
    bands: boundsOf(query),
    distributions: distributionsOf(query.metrics),
  };
}

/**
 * The zone that a question cuts days by. Epoch milliseconds.
 * @param instant at which PBXes' clocks are compared
 */
export function zoneOf(
  { timeZone, filters }: Pick<CdrQuery, 'timeZone' | 'filters'>,
  { clocks }: Pick<StatisticsDefaults, 'clocks'>,
  { from, to }: Pick<TimeRange, 'from' | 'to'>,
  instant: number
): ZoneStretch[] {
  return timeZone === 'pbx'
    ? (clocks.ofQuestion(filters.server, instant).clock.stretches(from, to) ?? fixedOffset(0))
    : zoneStretches(timeZone, from, to);
}

function boundsOf({ groupBy, bands }: CdrQuery): BandBounds {
  const dimension = groupBy.find(isBand);
  return bands.length > 0 || !dimension ? bands : defaultBounds[dimension];
}

/** Those that figures are percentiles of. */
export function distributionsOf(ids: readonly MetricId[]): Distribution[] {
  return [...new Set(ids.flatMap((id) => (metrics[id] as Metric).distribution ?? []))];
}

/** What tells whether the figures are what they seem, see the notices of an answer. */
const doubts: Partial<Record<Fact, readonly Measure[]>> = {
  call: ['unmapped'],
  visit: ['derivedVisits', 'importedVisits', 'offered'],
  transfer: ['derivedTransfers', 'transfers'],
};

/** The sums that the query's metrics and the notices of its answer are made from. */
export function measuresOf(query: CdrQuery): Measure[] {
  const wanted: Measure[] = query.metrics.flatMap((id) => metrics[id].measures);
  return [...new Set([...wanted, ...factsOf(wanted).flatMap((fact) => doubts[fact] ?? [])])];
}
