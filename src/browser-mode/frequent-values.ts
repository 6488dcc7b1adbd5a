import { compareText } from '../cdr/compare-text';
import { customLabel, customText } from '../cdr/dimensions';
import type { FactRow } from '../cdr/fact-rows';
import type { StoredField } from '../query/variable-query';

const mostValues = 1000;

/** Values that a field has in facts, the most frequent first; `customFields` gives the labels of custom fields. */
export function frequentValues(rows: Iterable<FactRow>, field: StoredField | 'customFields'): string[] {
  const counts = new Map<string, number>();
  for (const row of rows) {
    for (const value of valuesOf(row, field)) {
      counts.set(value, (counts.get(value) ?? 0) + 1);
    }
  }
  counts.delete('');
  return [...counts]
    .sort(([a, countOfA], [b, countOfB]) => countOfB - countOfA || compareText(a, b))
    .slice(0, mostValues)
    .map(([value]) => value);
}

function valuesOf(row: FactRow, field: StoredField | 'customFields'): readonly string[] {
  const label = customLabel(field);
  if (label !== null) {
    return [customText(row.custom, label)];
  }
  return field === 'customFields'
    ? Object.keys(row.custom)
    : [row[field as Exclude<StoredField, `custom.${string}`>] ?? ''];
}
