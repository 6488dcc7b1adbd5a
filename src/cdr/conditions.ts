import { compilePattern } from './direction';
import type { ConditionField } from './filter-fields';

/** Operators of Grafana's ad hoc filters; a pattern (RE2 syntax) must match the whole value. */
export const operators = ['=', '!=', '=~', '!~', '<', '>'] as const;
export type Operator = (typeof operators)[number];

/**
 * An ad hoc filter. `=` lets through what has any of the values, `!=` what has none of them; `<` and `>` compare seconds
 * of `duration`.
 */
export interface Condition {
  field: ConditionField;
  operator: Operator;
  values: string[];
}

/** The pattern as it is matched: against the whole value, as label matchers of Prometheus and Loki do. */
export function wholePattern(pattern: string): string {
  return `^(?:${pattern})$`;
}

const tests = new WeakMap<Condition, (value: string) => boolean>();

/** The part of a condition that looks at one value; `!=` and `!~` turn its answer round. */
function testOf(condition: Condition): (value: string) => boolean {
  const known = tests.get(condition);
  if (known) {
    return known;
  }
  const { operator, values } = condition;
  const patterns = operator.endsWith('~') ? values.map((value) => compilePattern(wholePattern(value))) : [];
  const test: Record<Operator, (value: string) => boolean> = {
    '=': (value) => values.includes(value),
    '!=': (value) => values.includes(value),
    '=~': (value) => patterns.some((pattern) => pattern.matcher(value).find()),
    '!~': (value) => patterns.some((pattern) => pattern.matcher(value).find()),
    '<': (value) => values.every((bound) => Number(value) < Number(bound)),
    '>': (value) => values.every((bound) => Number(value) > Number(bound)),
  };
  tests.set(condition, test[operator]);
  return test[operator];
}

/** @param found the values of the row's field: a call may have visited several queues */
export function meetsCondition(condition: Condition, found: readonly string[]): boolean {
  return found.some(testOf(condition)) !== condition.operator.startsWith('!');
}
