import type { DataFrame, QueryFilterOptions, ToggleFilterAction } from '@grafana/data';
import type { Condition } from '../cdr/conditions';
import { conditionFields, type ConditionField } from '../cdr/filter-fields';
import { conditionsOf } from './ad-hoc';
import type { PanelQuery } from './panel-query';

/** Ends the label that holds the name of an agent or a queue. */
const nameSuffix = 'Name';

/** A query with a filter for or out that was not there, or without the one that was; the opposite one is replaced. */
export function toggleFilter(query: PanelQuery, { type, options, frame }: ToggleFilterAction): PanelQuery {
  const asked = conditionOf(options, type === 'FILTER_FOR' ? '=' : '!=', frame);
  if (asked === null) {
    return query;
  }
  const conditions = query.filters?.conditions ?? [];
  const others = conditions.filter((condition) => !isOfValue(condition, asked));
  const isThere = conditions.some((condition) => isOfValue(condition, asked) && condition.operator === asked.operator);
  return { ...query, filters: { ...query.filters, conditions: isThere ? others : [...others, asked] } };
}

/** Whether a query lets through only what has the value. */
export function hasFilter(query: PanelQuery, options: QueryFilterOptions): boolean {
  const asked = conditionOf(options, '=');
  return (
    asked !== null &&
    (query.filters?.conditions ?? []).some((condition) => isOfValue(condition, asked) && condition.operator === '=')
  );
}

/** A filter by a label of a log's line; null for what calls can't be filtered by. */
function conditionOf(
  { key = '', value = '' }: QueryFilterOptions,
  operator: '=' | '!=',
  frame?: DataFrame
): Condition | null {
  if (isConditionField(key)) {
    return conditionsOf([{ key, operator, value }])[0]!;
  }
  const field = key.slice(0, -nameSuffix.length);
  const id = key.endsWith(nameSuffix) ? idNamed(frame, key, field, value) : undefined;
  return id !== undefined && isConditionField(field) ? { field, operator, values: [id] } : null;
}

/** The id of an agent or a queue that a line of the log names. */
function idNamed(frame: DataFrame | undefined, label: string, field: string, name: string): string | undefined {
  const lines: ReadonlyArray<Record<string, string>> = frame?.fields.find((one) => one.name === 'labels')?.values ?? [];
  return lines.find((line) => line[label] === name)?.[field];
}

function isConditionField(key: string): key is ConditionField {
  return conditionFields.some((known) => known === key) || /^custom\..+/.test(key);
}

function isOfValue({ field, operator, values }: Condition, asked: Condition): boolean {
  return field === asked.field && (operator === '=' || operator === '!=') && values.join() === asked.values.join();
}
