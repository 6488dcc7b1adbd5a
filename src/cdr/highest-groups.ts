import { compareText } from './compare-text';
import type { FactRow } from './fact-rows';
import { formulaValue, type Formula } from './formula';
import type { Fact } from './measures';
import { sumFacts, type GroupSums, type StatisticsPlan } from './sum-facts';

/** Which groups are wanted: so many with the most of a figure, of all groups that have facts of these kinds. */
export interface Ranking {
  formula: Formula;
  facts: readonly Fact[];
  count: number;
}

/** The values of the highest groups of a plan's whole range, the highest first. The pure counterpart of the store's SQL. */
export function highestGroups(
  rows: Iterable<FactRow>,
  plan: StatisticsPlan,
  { formula, count }: Omit<Ranking, 'facts'>
): string[][] {
  const groups = sumFacts(rows, { ...plan, buckets: null, distributions: [] });
  return ranked(groups, ({ sums }) => formulaValue(formula, sums)).slice(0, count);
}

/** Values of groups in the order of a figure, the first by name where it is the same; those without are the last. */
export function ranked(groups: readonly GroupSums[], figure: (group: GroupSums) => number | null): string[][] {
  return groups
    .map((group) => ({ values: group.group, rank: figure(group) ?? -Infinity }))
    .sort((a, b) => (a.rank === b.rank ? compareValues(a.values, b.values) : b.rank - a.rank))
    .map(({ values }) => values);
}

function compareValues(a: readonly string[], b: readonly string[]): number {
  return a.map((value, place) => compareText(value, b[place]!)).find((order) => order !== 0) ?? 0;
}
