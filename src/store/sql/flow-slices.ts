import type { FlowPlan, GroupFlow } from '../../cdr/flows';

/** What is put in order at once: some million calls of a large call center, which fit into memory. Milliseconds. */
const month = 32 * 86_400_000;
/** Each part is a statement of its own, also where nothing is stored of its time. */
const mostSlices = 50;

/** A part of a plan's range; `to` is exclusive. Epoch milliseconds. */
export interface Slice {
  from: number;
  to: number;
}

/** The parts of a range that are asked for one after the other; one where nothing has to be put in order. */
export function slicesOf({ from, to, peaks }: Pick<FlowPlan, 'from' | 'to' | 'peaks'>): Slice[] {
  const width = Math.max(month, Math.ceil((to - from) / mostSlices));
  const count = peaks ? Math.max(1, Math.ceil((to - from) / width)) : 1;
  return Array.from({ length: count }, (_, place) => ({
    from: from + place * width,
    to: place === count - 1 ? to : from + (place + 1) * width,
  }));
}

/** The flow of one time bucket and group within a slice, as `flowSql` gives it. */
export interface SliceFlow extends Omit<GroupFlow, 'rise'> {
  most: number | null;
}

/** The flows of a whole range from those of its slices, each in any order. */
export function joinSlices(slices: ReadonlyArray<readonly SliceFlow[]>): GroupFlow[] {
  const joined = new Map<string, GroupFlow>();
  for (const flows of slices) {
    const levels = new Map<string, number>();
    for (const { most, ...flow } of [...flows].sort((a, b) => (a.bucket ?? 0) - (b.bucket ?? 0))) {
      const group = JSON.stringify(flow.group);
      const level = levels.get(group) ?? 0;
      levels.set(group, level + flow.change);
      const key = JSON.stringify([flow.bucket, group]);
      const own: GroupFlow = { ...flow, rise: most === null ? null : Math.max(0, most - level) };
      const known = joined.get(key);
      joined.set(key, known ? followedBy(known, own) : own);
    }
  }
  return [...joined.values()];
}

/** The flow of a time bucket that two slices cut. */
function followedBy(first: GroupFlow, second: GroupFlow): GroupFlow {
  return {
    ...first,
    change: first.change + second.change,
    moment: first.moment + second.moment,
    rise: first.rise === null ? null : Math.max(first.rise, first.change + second.rise!),
  };
}
