import { noSums } from '../../cdr/fact-rows';
import { measures, type Measure } from '../../cdr/measures';
import { fixedOffset } from '../../cdr/time-buckets';
import type { GroupSums, StatisticsPlan } from '../../cdr/sum-facts';
import type { StoreQuestions } from '../store';

/** A figure of one PBX and one day (UTC) that two stores do not have alike. */
export interface DayDifference {
  /** Start of the day, epoch milliseconds. */
  day: number;
  server: string;
  measure: Measure;
  source: number;
  target: number;
}

const day = 86_400_000;
/** Seconds are added up in another order. */
const rounding = 1e-9;
/** Days that are asked for in one question, so that sums stay within their bounds. */
const daysAtOnce = 366;

/** What is made of all calls of a number follows from them, and is of a moment. */
const ofStored = (Object.keys(measures) as Measure[]).filter(
  (measure) => measures[measure] !== 'lostCaller' && measures[measure] !== 'contact'
);

/**
 * The figures of each day and PBX that differ between two stores, as far as the source reaches.
 *
 * @param wanted the figures that are compared: only records where the stores were made by different rules
 */
export async function compareDays(
  source: StoreQuestions,
  target: StoreQuestions,
  wanted: readonly Measure[] = ofStored
): Promise<DayDifference[]> {
  const { firstTime, lastTime } = await source.counts();
  const differences: DayDifference[] = [];
  for (let from = floorDay(firstTime ?? 0); firstTime !== null && from <= lastTime!; from += daysAtOnce * day) {
    const plan = dailyPlan(from, from + daysAtOnce * day);
    const { rows: here } = await source.sum(plan, wanted);
    const there = new Map((await target.sum(plan, wanted)).rows.map((row) => [keyOf(row), row]));
    differences.push(...here.flatMap((row) => differencesOf(row, there.get(keyOf(row)), wanted)));
  }
  return differences;
}

function differencesOf(source: GroupSums, target: GroupSums | undefined, wanted: readonly Measure[]): DayDifference[] {
  return wanted.flatMap((measure) => {
    const [here, there] = [source.sums[measure], target?.sums[measure] ?? noSums()[measure]];
    return here === there || Math.abs(here - there) <= rounding * Math.abs(here)
      ? []
      : [{ day: source.bucket!, server: source.group[0]!, measure, source: here, target: there }];
  });
}

function dailyPlan(from: number, to: number): StatisticsPlan {
  return {
    from,
    to,
    filters: {},
    groupBy: ['server'],
    buckets: { width: day, stretches: fixedOffset(0) },
    clock: null,
    serviceLevelThreshold: 20,
  };
}

const keyOf = ({ bucket, group }: GroupSums): string => `${bucket}|${group[0]}`;
const floorDay = (time: number): number => Math.floor(time / day) * day;
