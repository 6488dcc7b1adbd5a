import { callKey, inOrder } from './call-parts';
import type { CallRules } from './call-rules';
import { directionRecord } from './direction-record';
import type { CdrRecord, Direction } from './record';

/** How many calls rules would tell to go one way, by which of them. */
export interface RulePreview {
  direction: Direction;
  /** Number of the rule as people count, from 1; null for the external-channel patterns. */
  rule: number | null;
  calls: number;
}

/** What rules would make of stored calls, the most frequent first; `records` are all records of those calls. */
export function previewRules(records: readonly CdrRecord[], rules: CallRules): RulePreview[] {
  const counts = new Map<string, RulePreview>();
  for (const call of Map.groupBy(records, callKey).values()) {
    const decisions = inOrder({ records: call, events: [] }).records.map((record) => rules.direction(record));
    const { direction, rule } = directionRecord(decisions);
    const key = `${direction}|${rule}`;
    const found = counts.get(key) ?? { direction, rule: rule === null ? null : rule + 1, calls: 0 };
    found.calls++;
    counts.set(key, found);
  }
  return [...counts.values()].sort((a, b) => b.calls - a.calls);
}
