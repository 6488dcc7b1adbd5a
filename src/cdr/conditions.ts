import { compilePattern } from './direction';
import type { ConditionField, SecondsField } from './filter-fields';

/** Operators of Grafana's ad hoc filters; a pattern (RE2 syntax) must match the whole value. */
export const operators = ['=', '!=', '=~', '!~', '<', '<=', '>', '>='] as const;
export type Operator = (typeof operators)[number];

/**
 * An ad hoc filter. `=` lets through what has any of the values, `!=` what has none of them; `<`, `<=`, `>` and `>=` compare
 * fields of seconds, which the others see cut to whole ones, empty where there are none.
 */
export interface Condition {
  field: ConditionField;
  operator: Operator;
  values: string[];
}

/** Whether seconds are as an operator wants them beside a bound. */
const comparisons = {
  '<': (seconds, bound) => seconds < bound,
  '<=': (seconds, bound) => seconds <= bound,
  '>': (seconds, bound) => seconds > bound,
  '>=': (seconds, bound) => seconds >= bound,
} as const satisfies Partial<Record<Operator, (seconds: number, bound: number) => boolean>>;
export type Comparator = keyof typeof comparisons;

/** A condition that compares seconds as numbers. */
export interface Comparison extends Condition {
  field: SecondsField;
  operator: Comparator;
}

/** The pattern as it is matched: against the whole value, as label matchers of Prometheus and Loki do. */
export function wholePattern(pattern: string): string {
  return `^(?:${pattern})$`;
}

/** A question is refused where they compare anything but seconds. */
export function isComparison(condition: Condition): condition is Comparison {
  return Object.hasOwn(comparisons, condition.operator);
}

/** @param seconds undefined where the row has none */
export function meetsComparison({ operator, values }: Comparison, seconds: number | undefined): boolean {
  return seconds !== undefined && values.every((bound) => comparisons[operator](seconds, Number(bound)));
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
  const test = operator.endsWith('~')
    ? (value: string) => patterns.some((pattern) => pattern.matcher(value).find())
    : (value: string) => values.includes(value);
  tests.set(condition, test);
  return test;
}

/** Whether what has no value is among what a condition looks for. */
export function meetsEmpty(condition: Condition): boolean {
  return testOf(condition)('');
}

/** @param found the values of the row's field: a call may have visited several queues; where it has none, the empty one counts */
export function meetsCondition(condition: Condition, found: readonly string[]): boolean {
  return (
    (found.length === 0 ? meetsEmpty(condition) : found.some(testOf(condition))) !== condition.operator.startsWith('!')
  );
}
