import { addAtOnce, noTotals, type GroupSums } from '../cdr/sum-facts';
import { mapInTurns } from '../cdr/in-turns';
import { measures, type Measure } from '../cdr/measures';
import { metrics, type MetricId } from '../cdr/metrics';
import { noSums, type Sums } from '../cdr/fact-rows';

/** A talk that a range cuts reaches out of it, where nobody is counted as logged in. Seconds. */
const slack = 900;
const isOfPresence = (measure: Measure): boolean => measures[measure] === 'stretch';

/** Whether any of these figures is of when agents were logged in. */
export function areOfPresence(ids: readonly MetricId[]): boolean {
  return ids.some((id) => metrics[id].measures.some(isOfPresence));
}

export interface UnheardAgents {
  /** Agents who handled calls. */
  agents: number;
  /** Those of them whose log-ins were not heard. */
  unheard: number;
}

export interface PresentGroups extends UnheardAgents {
  groups: GroupSums[];
}

/**
 * Groups with the talk of agents who were logged in beside their log-in times. Who talked in queues for longer than logged in
 * was not heard all that time: no log-in time of his counts, as of one who was not heard at all. Other talk may lie outside
 * of log-ins: that of each agent counts for at most as long as he was logged in.
 *
 * @param groups by agent in the last place, which is left out
 */
export async function presentGroups(groups: readonly GroupSums[]): Promise<PresentGroups> {
  const agentOf = ({ group }: GroupSums): string => group.at(-1)!;
  const wholes = new Map<string, Sums>();
  await mapInTurns(groups, (group) => {
    const agent = agentOf(group);
    const whole = wholes.get(agent) ?? noSums();
    wholes.set(agent, whole);
    for (const measure of ['stretches', 'loggedInSeconds', 'queueTalkSeconds', 'handled'] as const) {
      whole[measure] += group.sums[measure];
    }
  });
  const isHeard = ({ stretches, loggedInSeconds, queueTalkSeconds }: Sums): boolean =>
    stretches > 0 && queueTalkSeconds <= loggedInSeconds + slack;
  const found = new Map<string, GroupSums>();
  await mapInTurns(groups, (group) => {
    const { bucket, sums, distributions } = group;
    const own = group.group.slice(0, -1);
    const key = JSON.stringify([bucket, own]);
    const whole = found.get(key) ?? { bucket, group: own, ...noTotals(), presentTalk: 0 };
    found.set(key, whole);
    const counted = isHeard(wholes.get(agentOf(group))!);
    addAtOnce(whole, {
      sums: counted ? sums : withoutPresence(sums),
      distributions,
      traffic: {},
      presentTalk: counted ? Math.min(sums.handleSeconds + sums.madeTalkSeconds, sums.loggedInSeconds) : 0,
    });
  });
  const handling = [...wholes.values()].filter(({ handled }) => handled > 0);
  return {
    groups: [...found.values()],
    agents: handling.length,
    unheard: handling.filter((sums) => !isHeard(sums)).length,
  };
}

function withoutPresence(sums: Sums): Partial<Sums> {
  const others: Partial<Sums> = {};
  for (const measure of Object.keys(sums) as Measure[]) {
    if (!isOfPresence(measure)) {
      others[measure] = sums[measure];
    }
  }
  return others;
}
