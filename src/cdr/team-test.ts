/**
 * A filter by teams, as a test of a row's agents: passes where one of them is among `agents` or, unless it is null, none is
 * among `noneOf`; `isNot` turns it round.
 */
export interface TeamTest {
  agents: readonly string[];
  /** Agents of any team, where rows without a team pass. */
  noneOf: readonly string[] | null;
  isNot: boolean;
}

export function meetsTeamTest({ agents, noneOf, isNot }: TeamTest, found: readonly string[]): boolean {
  const passes =
    found.some((agent) => agents.includes(agent)) ||
    (noneOf !== null && !found.some((agent) => noneOf.includes(agent)));
  return passes !== isNot;
}
