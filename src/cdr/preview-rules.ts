import { callKey, inOrder } from './call-parts';
import type { CallRules } from './call-rules';
import { directionRecord } from './direction-record';
import type { CdrRecord, Direction } from './record';

/** How many calls rules would tell to go one way, by which of them. */
export interface DirectionCount {
  direction: Direction;
  /** Number of the rule as people count, from 1; null for the external-channel patterns. */
  rule: number | null;
  calls: number;
}

export interface RulePreview {
  /** The most frequent first. */
  directions: DirectionCount[];
  /** Extensions that the agent patterns find, the most frequent first. */
  agents: string[];
}

/** What rules would make of stored calls; `records` are all records of those calls. */
export function previewRules(records: readonly CdrRecord[], rules: CallRules): RulePreview {
  const counts = new Map<string, DirectionCount>();
  for (const call of Map.groupBy(records, callKey).values()) {
    const decisions = inOrder({ records: call, events: [] }).records.map((record) => rules.direction(record));
    const { direction, rule } = directionRecord(decisions);
    const key = `${direction}|${rule}`;
    const found = counts.get(key) ?? { direction, rule: rule === null ? null : rule + 1, calls: 0 };
    found.calls++;
    counts.set(key, found);
  }
  const agents = Map.groupBy(records, (record) => rules.agent(record.destinationChannel));
  agents.delete('');
  return {
    directions: [...counts.values()].sort((a, b) => b.calls - a.calls),
    agents: [...agents].sort((a, b) => b[1].length - a[1].length).map(([agent]) => agent),
  };
}
