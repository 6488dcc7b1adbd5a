import type { Call } from '../cdr/call';
import { compareText } from '../cdr/compare-text';
import { customLabel, customText } from '../cdr/dimensions';
import type { SuggestedField } from '../query/variable-query';

const mostValues = 1000;

/** Values that a field has in calls, the most frequent first; `customFields` gives the labels of custom fields. */
export function frequentValues(calls: readonly Call[], field: SuggestedField | 'customFields'): string[] {
  const counts = new Map<string, number>();
  for (const value of calls.flatMap((call) => valuesOf(call, field))) {
    counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  counts.delete('');
  return [...counts]
    .sort(([a, countOfA], [b, countOfB]) => countOfB - countOfA || compareText(a, b))
    .slice(0, mostValues)
    .map(([value]) => value);
}

function valuesOf(call: Call, field: SuggestedField | 'customFields'): readonly string[] {
  const label = customLabel(field);
  if (label !== null) {
    return [customText(call.custom, label)];
  }
  switch (field) {
    case 'customFields':
      return Object.keys(call.custom);
    case 'queue':
      return call.queues;
    case 'agent':
      return call.agents;
    default:
      return [call[field as Exclude<SuggestedField, `custom.${string}`>]];
  }
}
