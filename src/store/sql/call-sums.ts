import { isComparison } from '../../cdr/conditions';
import type { Dimension } from '../../cdr/dimensions';
import type { CdrFilters } from '../../cdr/filters';
import { isHourDimension } from '../../cdr/fact-groups';
import type { Fact, Measure } from '../../cdr/measures';
import type { StatisticsPlan } from '../../cdr/sum-facts';
import type { BucketPlan, ZoneStretch } from '../../cdr/time-buckets';
import type { Range } from '../../query/parse-range';

/**
 * Sums of calls that a store keeps as it stores them: a row for each quarter of an hour, PBX and direction, with a column for
 * each measure. Its time is the beginning of the quarter.
 */
export const callSums = { table: 'call_sum', time: 'start_time' };

/** Milliseconds. Zones are ahead of UTC by whole quarters of an hour, and change at whole ones. */
const quarter = 900_000;

const summedMeasures: ReadonlySet<Measure> = new Set([
  'calls',
  'answered',
  'abandoned',
  'missed',
  'busy',
  'failed',
  'selfServed',
  'unmapped',
  'talkSeconds',
  'ringSeconds',
]);

const isSummedField = (field: string): boolean => field === 'server' || field === 'direction';

/** The beginning of the quarter of an hour that an instant is in. Epoch milliseconds. */
export function quarterOf(instant: number): number {
  return Math.floor(instant / quarter) * quarter;
}

/**
 * The part of a plan's range that its sums are told from the kept ones in, whole quarters of an hour; null where it asks for
 * what these don't have.
 */
export function summedSpan(fact: Fact, plan: StatisticsPlan, wanted: readonly Measure[]): Range | null {
  const isKept =
    fact === 'call' &&
    wanted.every((measure) => summedMeasures.has(measure)) &&
    plan.groupBy.every((dimension) => isKeptDimension(dimension, plan)) &&
    (plan.buckets === null || cutsAtQuarters(plan.buckets)) &&
    looksAtKept(plan.filters);
  const [from, to] = [-quarterOf(-plan.from), quarterOf(plan.to)];
  return isKept && from < to ? { from, to } : null;
}

function isKeptDimension(dimension: Dimension, { clock }: StatisticsPlan): boolean {
  return isHourDimension(dimension) ? clock !== null && changesAtQuarters(clock) : isSummedField(dimension);
}

function cutsAtQuarters({ width, stretches }: BucketPlan): boolean {
  return (typeof width === 'object' || width % quarter === 0) && changesAtQuarters(stretches);
}

function changesAtQuarters(stretches: readonly ZoneStretch[]): boolean {
  return stretches.every(
    ({ until, offset }, place) => offset % quarter === 0 && (place === stretches.length - 1 || until % quarter === 0)
  );
}

function looksAtKept({ conditions = [], ...filters }: CdrFilters): boolean {
  return (
    conditions.every((condition) => !isComparison(condition) && isSummedField(condition.field)) &&
    Object.entries(filters).every(([name, accepted]) => isSummedField(name) || isEmpty(accepted))
  );
}

function isEmpty(accepted: unknown): boolean {
  return accepted === undefined || (typeof accepted === 'object' && Object.keys(accepted as object).length === 0);
}
