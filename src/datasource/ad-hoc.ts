import type { AdHocVariableFilter } from '@grafana/data';
import type { Condition, Operator } from '../cdr/conditions';
import type { ConditionField } from '../cdr/filter-fields';
import type { PanelQuery } from './panel-query';

/** Operators of Grafana that take several values, as the operator that takes a list. */
const multiValue: Readonly<Record<string, Operator>> = { '=|': '=', '!=|': '!=' };

/**
 * Ad hoc filters of a dashboard as conditions of a query. A field or an operator that the data source does not know is
 * passed on, and the answer says so.
 */
export function conditionsOf(filters: readonly AdHocVariableFilter[]): Condition[] {
  return filters.map(({ key, operator, value, values }) => ({
    field: key as ConditionField,
    operator: multiValue[operator] ?? (operator as Operator),
    values: operator in multiValue && values?.length ? values : [value],
  }));
}

/** A query that further conditions must hold for, besides its own. */
export function withConditions(query: PanelQuery, conditions: readonly Condition[]): PanelQuery {
  return { ...query, filters: { ...query.filters, conditions: [...(query.filters?.conditions ?? []), ...conditions] } };
}
