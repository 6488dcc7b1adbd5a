import { aloneOrOther, type AloneGroups } from '../cdr/alone-groups';
import { isHourDimension, localHourValue } from '../cdr/fact-groups';
import { noSums } from '../cdr/fact-rows';
import type { Flow, FlowPlan, GroupFlow } from '../cdr/flows';
import { mapInTurns } from '../cdr/in-turns';
import { addAtOnce, addInTurn, noTotals, type GroupSums, type StatisticsPlan } from '../cdr/sum-facts';
import { bucketSpans, offsetAt, type BucketSpan } from '../cdr/time-buckets';
import { inTurn, type Traffic } from '../cdr/traffic';
import { trafficOf } from '../cdr/traffic-of-flows';
import { checkTraffic } from './answer-bounds';

type Spans = ReadonlyArray<BucketSpan<number | null>>;

/** Of groups in which nothing began. */
const none = noSums();

/**
 * Groups with the traffic of one load besides. Those of which something goes on in the range are added, each in all of its time
 * buckets. The given groups are changed.
 * @throws InvalidQueryError for more groups in time buckets than an answer may be made of
 */
export async function withTraffic(
  groups: readonly GroupSums[],
  plan: StatisticsPlan,
  flows: readonly GroupFlow[],
  flowPlan: FlowPlan
): Promise<GroupSums[]> {
  const spans = spansOf(flowPlan);
  const byGroup = flowsByGroup(groups, plan, flows, flowPlan);
  checkTraffic(byGroup.size, spans.length);
  const cells = new Map(groups.map((group) => [keyOf(group), group]));
  await mapInTurns([...byGroup.values()], (one) => {
    trafficOf(one.flows, spans, flowPlan).forEach((traffic, place) => {
      const cut = cutOf(one.group, spans[place]!, plan, flowPlan);
      const cell: GroupSums = cells.get(keyOf(cut)) ?? { ...cut, sums: none, distributions: {}, traffic: {} };
      cells.set(keyOf(cut), cell);
      addTraffic(cell, flowPlan, traffic);
    });
  });
  return plan.alone && byHours(plan) ? othersAsOne([...cells.values()], plan, plan.alone) : [...cells.values()];
}

const byHours = ({ groupBy }: StatisticsPlan): boolean => groupBy.some(isHourDimension);

/**
 * Cells of which those that do not stand alone are one: by hours, what goes on is known of each hour of a group, whichever of
 * them stand alone.
 */
function othersAsOne(cells: readonly GroupSums[], { groupBy }: StatisticsPlan, alone: AloneGroups): GroupSums[] {
  const hoursOf = (group: readonly string[]): string[] => group.filter((_, place) => isHourDimension(groupBy[place]!));
  const counted = cells.map((cell) => ({ cell, group: aloneOrOther(cell.group, alone) }));
  const sameTime = new Map<string, GroupSums>();
  for (const { cell, group } of counted) {
    const key = JSON.stringify([cell.bucket, group, hoursOf(cell.group)]);
    const known = sameTime.get(key);
    sameTime.set(key, known ? joined(known, cell, addAtOnce) : { ...cell, group });
  }
  const whole = new Map<string, GroupSums>();
  for (const cell of sameTime.values()) {
    const known = whole.get(keyOf(cell));
    whole.set(keyOf(cell), known ? joined(known, cell, addInTurn) : cell);
  }
  return [...whole.values()];
}

function joined(a: GroupSums, b: GroupSums, add: typeof addInTurn): GroupSums {
  const { bucket, group } = a;
  const both: GroupSums = { bucket, group, ...noTotals() };
  add(both, a);
  add(both, b);
  return both;
}

/** All time buckets of a plan; none where it ends before it begins, as that of a range that is still to come. */
export function spansOf({ from, to, buckets }: FlowPlan): Spans {
  if (to <= from) {
    return [];
  }
  return buckets ? bucketSpans(buckets, from, to) : [{ key: null, from, to }];
}

interface FlowsOfGroup {
  group: readonly string[];
  flows: Map<number | null, Flow>;
}

/** Those of all groups that are there, hours and days left out; of one where groups have nothing else. */
function flowsByGroup(
  groups: readonly GroupSums[],
  { groupBy }: StatisticsPlan,
  flows: readonly GroupFlow[],
  flowPlan: FlowPlan
): Map<string, FlowsOfGroup> {
  const found = new Map<string, FlowsOfGroup>();
  const of = (group: readonly string[]): FlowsOfGroup => {
    const key = JSON.stringify(group);
    const known = found.get(key) ?? { group, flows: new Map<number | null, Flow>() };
    found.set(key, known);
    return known;
  };
  if (flowPlan.groupBy.length === 0) {
    of([]);
  }
  groups.forEach(({ group }) => of(group.filter((_, place) => !isHourDimension(groupBy[place]!))));
  flows.forEach((flow) => of(flow.group).flows.set(flow.bucket, flow));
  return found;
}

/** Where the traffic of one time bucket counts. */
function cutOf(
  group: readonly string[],
  { key, from }: Spans[number],
  plan: StatisticsPlan,
  { buckets }: FlowPlan
): Pick<GroupSums, 'bucket' | 'group'> {
  const others = group.values();
  return {
    bucket: plan.buckets ? key : null,
    group: plan.groupBy.map((dimension) =>
      isHourDimension(dimension)
        ? localHourValue(dimension, from + offsetAt(buckets!.stretches, from))
        : others.next().value!
    ),
  };
}

function addTraffic({ traffic }: GroupSums, { load }: FlowPlan, more: Traffic): void {
  const known = traffic[load];
  traffic[load] = known ? inTurn(known, more) : more;
}

const keyOf = ({ bucket, group }: Pick<GroupSums, 'bucket' | 'group'>): string => JSON.stringify([bucket, ...group]);
