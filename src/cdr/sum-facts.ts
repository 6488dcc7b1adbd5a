import { businessHourValues, type BusinessHours } from './business-hours';
import { customLabel, customText, type Dimension, type StoredDimension } from './dimensions';
import { bandOf, bandPhases, isBand, type BandBounds } from './bands';
import type { Teams } from './directory';
import { addSeconds, distributions, type Distribution, type Distributions } from './distributions';
import { addSums, noSums, type FactRow, type Sums, type Thresholds } from './fact-rows';
import { isInHours } from './hour-test';
import { matchesFilters, type CdrFilters } from './filters';
import { bucketKey, offsetAt, type BucketPlan, type ZoneStretch } from './time-buckets';

/** What to sum, and how to cut it. Times in epoch milliseconds; `to` is exclusive. */
export interface StatisticsPlan extends Thresholds {
  from: number;
  to: number;
  filters: CdrFilters;
  groupBy: readonly Dimension[];
  /** Null for one sum over the whole range. */
  buckets: BucketPlan | null;
  /** Zone of hour of day and day of week; null for that of each row's PBX. */
  clock: readonly ZoneStretch[] | null;
  /** By which agents are grouped under teams, each in every team of theirs; none where left out. */
  teams?: Teams;
  /** Bounds of the bands that are grouped by; none where left out. */
  bands?: BandBounds;
  /** By which facts are grouped as in or out of hours; none are either where left out. */
  businessHours?: BusinessHours | null;
  /** Those of facts that measures are wanted of; none where left out. */
  distributions?: readonly Distribution[];
}

/** What figures are made from. */
export interface Totals {
  sums: Sums;
  /** Those that the plan asks for and that have any facts. */
  distributions: Distributions;
}

/** The sums of one group in one time bucket. */
export interface GroupSums extends Totals {
  /** Key of the bucket; null without buckets. */
  bucket: number | null;
  /** Values in the order of `groupBy`: hour 0 to 23 and day 1 (Monday) to 7 as numbers in text. */
  group: string[];
}

export function noTotals(): Totals {
  return { sums: noSums(), distributions: {} };
}

/** Adds up in place. */
export function addTotals(to: Totals, more: Totals): void {
  addSums(to.sums, more.sums);
  for (const [distribution, counts] of Object.entries(more.distributions)) {
    counts.forEach((facts, seconds) => addSeconds(to.distributions, distribution as Distribution, seconds, facts));
  }
}

/** The pure counterpart of the store's SQL. */
export function sumFacts(rows: Iterable<FactRow>, plan: StatisticsPlan): GroupSums[] {
  const groups = new Map<string, GroupSums>();
  for (const row of rows) {
    if (row.time < plan.from || row.time >= plan.to || !matchesFilters(row, plan.filters)) {
      continue;
    }
    const bucket = plan.buckets ? bucketKey(plan.buckets, row.time) : null;
    for (const team of teamsOf(row, plan)) {
      const group = plan.groupBy.map((dimension) =>
        dimension === 'team' ? team : dimensionValue(row, dimension, plan)
      );
      const key = JSON.stringify([bucket, ...group]);
      const found = groups.get(key) ?? { bucket, group, ...noTotals() };
      groups.set(key, found);
      addSums(found.sums, row.adds);
      for (const distribution of plan.distributions ?? []) {
        const { fact, phase } = distributions[distribution];
        const seconds = row.fact === fact ? row.seconds[phase] : undefined;
        if (seconds !== undefined) {
          addSeconds(found.distributions, distribution, seconds, 1);
        }
      }
    }
  }
  return [...groups.values()];
}

/** The teams that a row counts in; one that is empty where it is of none, or where groups are no teams. */
function teamsOf({ agent }: FactRow, { groupBy, teams }: StatisticsPlan): readonly string[] {
  return (groupBy.includes('team') ? teams?.get(agent) : undefined) ?? [''];
}

function dimensionValue(row: FactRow, dimension: Dimension, plan: StatisticsPlan): string {
  const label = customLabel(dimension);
  if (label !== null) {
    return customText(row.custom, label);
  }
  if (dimension === 'hourOfDay' || dimension === 'dayOfWeek') {
    const local = row.time + (plan.clock ? offsetAt(plan.clock, row.time) : row.utcOffset * 1000);
    const hours = Math.floor(local / 3_600_000);
    return String(dimension === 'hourOfDay' ? hours % 24 : ((Math.floor(hours / 24) + 3) % 7) + 1);
  }
  if (isBand(dimension)) {
    return bandOf(row.seconds[bandPhases[dimension]], plan.bands ?? []);
  }
  if (dimension === 'businessHours') {
    const { businessHours, clock } = plan;
    return businessHours ? businessHourValues[isInHours(businessHours, clock, row) ? 0 : 1] : '';
  }
  return row[dimension as StoredDimension] ?? '';
}
