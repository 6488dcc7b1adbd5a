import { groupsOf } from './fact-groups';
import type { FactRow } from './fact-rows';
import { matchesFilters } from './filters';
import { loads, type Load } from './loads';
import type { StatisticsPlan } from './sum-facts';
import { bucketKey } from './time-buckets';

/** What goes on at the same time, and how to cut it. It is cut by the wall clock only by its buckets. */
export interface FlowPlan extends StatisticsPlan {
  load: Load;
  /** Whether the most at one instant is wanted, for which all beginnings and ends are put in order. */
  peaks: boolean;
}

/**
 * How the number of facts that go on changes within one time bucket. Where it starts from is what those before it end with,
 * and nothing before the first: what began before the range begins with it.
 */
export interface Flow {
  /** How many more there are at the end of the bucket than at its beginning. */
  change: number;
  /** How many more there are at the most than at its beginning, 0 where there are never more; null where that is not wanted. */
  rise: number | null;
  /** Each beginning, and less each end, in milliseconds since the beginning of the range. */
  moment: number;
}

export interface GroupFlow extends Flow {
  /** Key of the bucket; null without buckets. */
  bucket: number | null;
  group: string[];
}

interface Changes extends Pick<GroupFlow, 'bucket' | 'group'> {
  /** First and last milliseconds of facts. */
  changes: Array<{ at: number; change: 1 | -1 }>;
}

/**
 * The pure counterpart of the store's SQL. A fact goes on from the millisecond in which it begins to the one before that in
 * which it ends: one that begins as another ends is not beside it. What has not ended yet is left out.
 */
export function flowsOf(rows: Iterable<FactRow>, plan: FlowPlan): GroupFlow[] {
  const found = new Map<string, Changes>();
  for (const row of rows) {
    const end = row.fact === loads[plan.load] ? row.ends[plan.load] : undefined;
    const begin = Math.max(row.time, plan.from);
    if (end === undefined || row.time >= plan.to || end <= begin || !matchesFilters(row, plan.filters)) {
      continue;
    }
    for (const group of groupsOf(row, plan)) {
      add(found, plan, group, begin, 1);
      if (end < plan.to) {
        add(found, plan, group, end - 1, -1);
      }
    }
  }
  return Array.from(found.values(), ({ bucket, group, changes }) => ({ bucket, group, ...flowOf(changes, plan) }));
}

function add(found: Map<string, Changes>, plan: FlowPlan, group: string[], at: number, change: 1 | -1): void {
  const bucket = plan.buckets ? bucketKey(plan.buckets, at) : null;
  const key = JSON.stringify([bucket, ...group]);
  const known = found.get(key) ?? { bucket, group, changes: [] };
  found.set(key, known);
  known.changes.push({ at, change });
}

function flowOf(changes: Changes['changes'], { from, peaks }: FlowPlan): Flow {
  let [level, rise, moment] = [0, 0, 0];
  // What ends with a millisecond goes on in it beside what begins in it.
  for (const { at, change } of changes.sort((a, b) => a.at - b.at || b.change - a.change)) {
    level += change;
    rise = Math.max(rise, level);
    moment += change * ((change === 1 ? at : at + 1) - from);
  }
  return { change: level, rise: peaks ? rise : null, moment };
}
