/** What stands for each value of a group that does not stand alone: no text that a PBX sends has such a letter. */
export const otherValues = '\u0000others';

/** How it reads. */
export const othersText = '(others)';

/** Groups that stand alone, the highest first, where all others are one. */
export interface AloneGroups {
  /** How many fields tell them, the first of those that are grouped by. */
  fields: number;
  /** Values of those fields, by their key. */
  groups: ReadonlyMap<string, readonly string[]>;
}

/** @param groups values of `fields` fields each; the same ones may come again */
export function aloneGroups(fields: number, groups: Iterable<readonly string[]>): AloneGroups {
  return { fields, groups: new Map(Array.from(groups, (group) => [JSON.stringify(group), group])) };
}

/** A group as it counts: by its own values where it stands alone, else as one of the others. */
export function aloneOrOther(group: readonly string[], { fields, groups }: AloneGroups): string[] {
  const own = group.slice(0, fields);
  return groups.has(JSON.stringify(own)) ? [...group] : [...own.map(() => otherValues), ...group.slice(fields)];
}

/** Whether a group is that of all others. */
export function isOfOthers(group: readonly string[]): boolean {
  return group[0] === otherValues;
}

/** The rank of a group that stands alone, from 0; that of all others is the last. */
export function rankOf(group: readonly string[], ranks: ReadonlyMap<string, number>): number {
  return ranks.get(JSON.stringify(group)) ?? ranks.size;
}
