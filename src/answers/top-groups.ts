import { aloneGroups, isOfOthers, otherValues } from '../cdr/alone-groups';
import type { Formula } from '../cdr/formula';
import { ranked } from '../cdr/highest-groups';
import { factsOf } from '../cdr/measures';
import { metrics, type Metric, type MetricId } from '../cdr/metrics';
import type { GroupSums, StatisticsPlan } from '../cdr/sum-facts';
import type { CdrQuery } from '../query/model';
import type { AnswerStore, Selected } from './answer-store';
import { areOfPresence } from './present-groups';
import { distributionsOf, measuresOf } from './statistics-plan';
import { wholeSums } from './whole-sums';

/** Gives sums that are cut as a plan says, with what goes on at the same time as some figures need it. */
export type AskFigures = (plan: StatisticsPlan, ids: readonly MetricId[]) => Promise<Selected<GroupSums>>;

/** Whether a question is answered by its first groups, and the rest as one. */
export function asksForTop({ top, groupBy, format }: Pick<CdrQuery, 'top' | 'groupBy' | 'format'>): boolean {
  return top > 0 && groupBy.length > 0 && format !== 'heatmap';
}

/**
 * The groups with the most of the first figure over the whole range, which stand alone in the answer. The store ranks all groups,
 * however many there are, by what is made of sums alone; else all of them are asked for.
 */
export async function topGroups(
  query: CdrQuery,
  plan: StatisticsPlan,
  store: Pick<AnswerStore, 'highest'>,
  ask: AskFigures
): Promise<Selected<readonly string[]>> {
  const formula = rankingFormula(query);
  if (formula) {
    return store.highest(plan, { formula, facts: factsOf(measuresOf(query)), count: query.top });
  }
  const first = query.metrics.slice(0, 1);
  const whole = { ...plan, buckets: null, distributions: distributionsOf(first) };
  const { rows, sql } = await ask(whole, first);
  const wholeOf = wholeSums(() => rows.map(({ group, sums }) => ({ start: null, group, sums })));
  const { value } = metrics[first[0]!];
  const figure = (group: GroupSums): number | null =>
    value(group, query.serviceLevelDefinition, () => wholeOf({ start: null, group: group.group }));
  return { rows: ranked(rows, figure).slice(0, query.top), sql };
}

/** What a database can rank by; null where a figure needs more than its group's sums. */
function rankingFormula({ metrics: ids, groupBy, serviceLevelDefinition }: CdrQuery): Formula | null {
  const { formula, share }: Metric = metrics[ids[0]!];
  if (areOfPresence(ids)) {
    return null;
  }
  // Shares of one whole have the order of their parts.
  return share && groupBy.length === 1 ? { part: { [share]: 1 } } : (formula?.(serviceLevelDefinition) ?? null);
}

/**
 * The plan that gives what shares are of, where groups that do not stand alone are one, so that it can't be told from them; null
 * where it can.
 */
export function wholesPlan({ groupBy, metrics: ids }: CdrQuery, plan: StatisticsPlan): StatisticsPlan | null {
  const { alone } = plan;
  if (!alone || groupBy.length < 2 || !ids.some((id) => (metrics[id] as Metric).share)) {
    return null;
  }
  const fields = groupBy.length - 1;
  const outer = Array.from(alone.groups.values(), (group) => group.slice(0, fields));
  return {
    ...plan,
    // An agent of several teams counts in each of them.
    groupBy: groupBy[fields] === 'team' ? groupBy : groupBy.slice(0, fields),
    distributions: [],
    alone: aloneGroups(fields, outer),
  };
}

/** Sums of a `wholesPlan` as parts of groups of so many fields; what is of all others is of no whole but that of all. */
export function partsOfWholes(rows: readonly GroupSums[], fields: number): GroupSums[] {
  return rows.map((row) => ({
    ...row,
    group: isOfOthers(row.group) ? [] : [...row.group.slice(0, fields - 1), otherValues],
  }));
}
