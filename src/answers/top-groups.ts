import { compareText } from '../cdr/compare-text';
import { mapInTurns } from '../cdr/in-turns';
import { metrics } from '../cdr/metrics';
import { addAtOnce, addInTurn, noTotals, type GroupSums, type Totals } from '../cdr/sum-facts';
import type { CdrQuery } from '../query/model';
import { wholeSums } from './whole-sums';

/** What stands for the value of each group that is not among the first: no text that a PBX sends has such a letter. */
export const otherValues = '\u0000others';

type Ranking = Pick<CdrQuery, 'top' | 'groupBy' | 'metrics' | 'serviceLevelDefinition'>;

export interface TopGroups {
  /** As many sums as before, in time buckets as before. */
  groups: readonly GroupSums[];
  /** The first groups and the rest, by their rank; null where all groups are asked for. */
  ranks: ReadonlyMap<string, number> | null;
}

export const groupKey = ({ group }: Pick<GroupSums, 'group'>): string => JSON.stringify(group);

/**
 * The groups with the most of the first figure over the whole range, and all others as one, so that the whole stays the same.
 * Groups without that figure, such as the rate of no calls, are the last.
 */
export async function topGroups(groups: readonly GroupSums[], query: Ranking): Promise<TopGroups> {
  if (query.top === 0 || query.groupBy.length === 0) {
    return { groups, ranks: null };
  }
  const wholes = new Map<string, GroupSums>();
  await mapInTurns(groups, (group) => {
    const key = groupKey(group);
    const whole = wholes.get(key) ?? { bucket: null, group: group.group, ...noTotals() };
    wholes.set(key, whole);
    addInTurn(whole, group);
  });
  const { value } = metrics[query.metrics[0]!];
  const wholeOf = wholeSums(() => Array.from(wholes.values(), ({ group, sums }) => ({ start: null, group, sums })));
  const ranked = [...wholes]
    .map(([key, whole]) => {
      const all = (): Totals['sums'] => wholeOf({ start: null, group: whole.group });
      return { key, figure: value(whole, query.serviceLevelDefinition, all) ?? -Infinity };
    })
    .sort((a, b) => (a.figure === b.figure ? compareText(a.key, b.key) : b.figure - a.figure));
  const first = ranked.slice(0, query.top);
  const rest = query.groupBy.map(() => otherValues);
  const ranks = new Map(first.map(({ key }, rank) => [key, rank]));
  const others = new Map<number | null, GroupSums>();
  const kept: GroupSums[] = [];
  await mapInTurns(groups, (group) => {
    if (ranks.has(groupKey(group))) {
      kept.push(group);
      return;
    }
    const other = others.get(group.bucket) ?? { bucket: group.bucket, group: rest, ...noTotals() };
    others.set(group.bucket, other);
    addAtOnce(other, group);
  });
  ranks.set(JSON.stringify(rest), query.top);
  return { groups: [...kept, ...others.values()], ranks };
}
