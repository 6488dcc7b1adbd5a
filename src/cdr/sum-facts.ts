import { addSeconds, distributions, type Distribution, type Distributions } from './distributions';
import { groupsOf, type Grouping } from './fact-groups';
import type { CallerSpans } from './caller-rows';
import { addSums, noSums, type FactRow, type Sums, type Thresholds } from './fact-rows';
import { matchesFilters, type CdrFilters } from './filters';
import type { Load } from './loads';
import { bucketKey, type BucketPlan } from './time-buckets';
import { atOnce, inTurn, type Traffic } from './traffic';

/** What to sum, and how to cut it. Times in epoch milliseconds; `to` is exclusive. */
export interface StatisticsPlan extends Thresholds, Grouping {
  from: number;
  to: number;
  filters: CdrFilters;
  /** Null for one sum over the whole range. */
  buckets: BucketPlan | null;
  /** By which facts of callers are made; there are none where left out. */
  callers?: CallerSpans;
  /** Those of facts that measures are wanted of; none where left out. */
  distributions?: readonly Distribution[];
}

/** What figures are made from. */
export interface Totals {
  sums: Sums;
  /** Those that the plan asks for and that have any facts. */
  distributions: Distributions;
  /** Of what goes on at the same time, where that is asked for: no store gives it with the sums. */
  traffic: Partial<Record<Load, Traffic>>;
  /** Seconds of talk of agents while they were logged in, at most (`presentGroups`); no store gives them. */
  presentTalk?: number;
}

/** Measures that are left out add nothing. */
type AddedTotals = Omit<Totals, 'sums'> & { sums: Partial<Sums> };

/** The sums of one group in one time bucket. */
export interface GroupSums extends Totals {
  /** Key of the bucket; null without buckets. */
  bucket: number | null;
  /** Values in the order of `groupBy`: days since 1970, hour 0 to 23 and weekday 1 (Monday) to 7 as numbers in text. */
  group: string[];
}

export function noTotals(): Totals {
  return { sums: noSums(), distributions: {}, traffic: {} };
}

/** Adds up in place what one group has in two time buckets. */
export function addInTurn(to: Totals, more: AddedTotals): void {
  addTotals(to, more, inTurn);
}

/** Adds up in place what two groups have in the same time. */
export function addAtOnce(to: Totals, more: AddedTotals): void {
  addTotals(to, more, atOnce);
}

function addTotals(to: Totals, more: AddedTotals, join: typeof inTurn): void {
  addSums(to.sums, more.sums);
  if (more.presentTalk !== undefined) {
    to.presentTalk = (to.presentTalk ?? 0) + more.presentTalk;
  }
  for (const [distribution, counts] of Object.entries(more.distributions)) {
    counts.forEach((facts, seconds) => addSeconds(to.distributions, distribution as Distribution, seconds, facts));
  }
  for (const [load, traffic] of Object.entries(more.traffic)) {
    const known = to.traffic[load as Load];
    to.traffic[load as Load] = known ? join(known, traffic) : traffic;
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
    for (const group of groupsOf(row, plan)) {
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
