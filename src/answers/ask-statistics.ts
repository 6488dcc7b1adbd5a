import { aloneGroups, isOfOthers } from '../cdr/alone-groups';
import type { MetricId } from '../cdr/metrics';
import type { GroupSums, StatisticsPlan } from '../cdr/sum-facts';
import type { CdrQuery } from '../query/model';
import type { AnswerStore, Selected } from './answer-store';
import { flowPlans } from './flow-plans';
import { areOfPresence, presentGroups, type UnheardAgents } from './present-groups';
import { measuresOf, type StatisticsDefaults } from './statistics-plan';
import { asksForTop, partsOfWholes, topGroups, wholesPlan } from './top-groups';
import { withTraffic } from './traffic-groups';

interface Source {
  store: AnswerStore;
  defaults: StatisticsDefaults;
}

interface Figures extends Selected<GroupSums> {
  /** Null where no figure is of log-ins. */
  unheard: UnheardAgents | null;
  /** Whether there is nothing in the range, in no time bucket. */
  isEmpty: boolean;
}

export interface StatisticsFound extends Figures {
  /** In which the first groups stand alone, where they are asked for. */
  plan: StatisticsPlan;
  /** Sums of which shares are. */
  wholes: GroupSums[];
}

/** What a statistics question needs of a store: which groups stand alone, their figures, and what shares are of. */
export async function askStatistics(source: Source, query: CdrQuery, all: StatisticsPlan): Promise<StatisticsFound> {
  const statements: string[] = [];
  let plan = all;
  if (asksForTop(query)) {
    const top = await topGroups(query, all, source.store, (whole, ids) => figuresOf(source, query, whole, ids));
    statements.push(top.sql);
    plan = top.rows.length === 0 ? all : { ...all, alone: aloneGroups(query.groupBy.length, top.rows) };
  }
  const found = await figuresOf(source, query, plan);
  statements.push(found.sql);
  const ofWholes = wholesPlan(query, plan);
  if (!ofWholes) {
    return { ...found, plan, wholes: found.rows, sql: statements.join(';\n') };
  }
  const { rows, sql } = await source.store.sum(ofWholes, measuresOf(query));
  statements.push(sql);
  return { ...found, plan, wholes: partsOfWholes(rows, query.groupBy.length), sql: statements.join(';\n') };
}

/** @param ids figures that need not be sums: what goes on at the same time is asked for these alone */
async function figuresOf(
  { store, defaults }: Source,
  query: CdrQuery,
  plan: StatisticsPlan,
  ids: readonly MetricId[] = query.metrics
): Promise<Figures> {
  const { unheard, ...sums } = await sumsOf(store, plan, query);
  let { rows, sql } = sums;
  let isEmpty = rows.length === 0;
  for (const flowPlan of flowPlans({ ...query, metrics: [...ids] }, plan, defaults, Date.now())) {
    const flows = await store.flows(flowPlan);
    rows = await withTraffic(rows, plan, flows.rows, flowPlan);
    sql += `;\n${flows.sql}`;
    isEmpty &&= flows.rows.length === 0;
  }
  return { rows, sql, unheard, isEmpty };
}

/** The sums of a statistics query; those of agents' presence need to know whose log-ins were heard. */
async function sumsOf(store: AnswerStore, plan: StatisticsPlan, query: CdrQuery): Promise<Omit<Figures, 'isEmpty'>> {
  if (!areOfPresence(query.metrics)) {
    return { ...(await store.sum(plan, measuresOf(query))), unheard: null };
  }
  const byAgent: StatisticsPlan = { ...plan, groupBy: [...plan.groupBy, 'agent'] };
  const { rows, sql } = await store.sum(byAgent, measuresOf(query));
  const { groups, ...unheard } = await presentGroups(rows);
  return { rows: withoutWork(groups, query), sql, unheard };
}

/** By the reason of a pause, paused time alone has no row of the time without any. */
function withoutWork(groups: GroupSums[], { groupBy, metrics }: CdrQuery): GroupSums[] {
  const place = groupBy.indexOf('pauseReason');
  if (place < 0 || metrics.some((id) => id !== 'pausedTime')) {
    return groups;
  }
  const isPause = ({ group, sums }: GroupSums): boolean =>
    isOfOthers(group) ? sums.pausedSeconds > 0 : group[place] !== '';
  return groups.filter(isPause);
}
