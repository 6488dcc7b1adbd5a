import type { AdHocVariableFilter } from '@grafana/data';
import type { Condition, Operator } from '../cdr/conditions';
import type { ConditionField } from '../cdr/filter-fields';

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
