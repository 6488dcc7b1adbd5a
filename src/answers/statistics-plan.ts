import { factsOf, type Fact, type Measure } from '../cdr/measures';
import { metrics } from '../cdr/metrics';
import type { StatisticsPlan } from '../cdr/sum-facts';
import { fixedOffset, zoneStretches, type ZoneStretch } from '../cdr/time-buckets';
import type { TimeRange } from './answer';
import { parseInterval } from '../query/interval';
import type { CdrQuery } from '../query/model';

const minute = 60_000;
const widths = [1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1440, 7 * 1440].map((minutes) => minutes * minute);
/** Rows of one time series. */
const maxBuckets = 11_000;

/** What of the data source a statistics query needs to know. */
export interface StatisticsDefaults {
  /** Seconds. */
  serviceLevelThreshold: number;
  /** Zone of the PBX; empty where it is learned. */
  timeZone: string;
  /** Seconds that the PBX's wall clock is ahead of UTC, where no zone is set. */
  pbxOffset: number;
}

/** @throws RangeError when the range holds more time buckets than an answer may */
export function statisticsPlan(query: CdrQuery, range: TimeRange, defaults: StatisticsDefaults): StatisticsPlan {
  const zone = query.timeZone === 'pbx' ? defaults.timeZone : query.timeZone;
  const stretches: ZoneStretch[] =
    zone === ''
      ? fixedOffset(defaults.pbxOffset * 1000)
      : zoneStretches(zone, range.from - 86_400_000, range.to + 86_400_000);
  return {
    from: range.from,
    to: range.to,
    filters: query.filters,
    groupBy: query.groupBy,
    buckets: query.format === 'timeseries' ? { width: bucketWidth(query, range), stretches } : null,
    clock: query.timeZone === 'pbx' ? null : stretches,
    serviceLevelThreshold: query.serviceLevelThreshold || defaults.serviceLevelThreshold,
  };
}

/** What tells whether the figures are what they seem, see the notices of an answer. */
const doubts: Partial<Record<Fact, readonly Measure[]>> = { call: ['unmapped'], visit: ['derivedVisits', 'offered'] };

/** The sums that the query's metrics and the notices of its answer are made from. */
export function measuresOf(query: CdrQuery): Measure[] {
  const wanted: Measure[] = query.metrics.flatMap((id) => metrics[id].measures);
  return [...new Set([...wanted, ...factsOf(wanted).flatMap((fact) => doubts[fact] ?? [])])];
}

function bucketWidth(query: CdrQuery, range: TimeRange): number {
  const width =
    parseInterval(query.interval) ?? widths.find((candidate) => candidate >= range.intervalMs) ?? widths.at(-1)!;
  const buckets = (range.to - range.from) / width;
  if (buckets > maxBuckets) {
    throw new RangeError(
      `The range holds ${Math.ceil(buckets)} time buckets, at most ${maxBuckets} are answered: ` +
        'choose a wider interval or a shorter range.'
    );
  }
  return width;
}
