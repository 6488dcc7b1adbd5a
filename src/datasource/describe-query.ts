import type { CdrFilters } from '../cdr/filters';
import { metrics } from '../cdr/metrics';
import { fieldTitles } from './field-titles';
import { questionById, questionOf } from '../query/questions';
import type { SavedQuery } from '../query/model';

/** A query in one line, as Explore's history lists it: `Answer rate, 1h (Queue: sales, support)`. */
export function describeQuery(query: SavedQuery): string {
  const id = questionOf(query);
  const what = id === 'custom' ? figures(query) : questionById(id).label;
  const width = query.interval ? `, ${query.interval}` : '';
  const filters = describeFilters(query.filters ?? {});
  return `${what}${width}${filters && ` (${filters})`}`;
}

function figures({ metrics: ids = ['totalCalls'], groupBy = [] }: SavedQuery): string {
  const titles = ids.map((id) => metrics[id]?.title ?? id).join(', ');
  return groupBy.length > 0 ? `${titles} by ${groupBy.map(titleOf).join(', ')}` : titles;
}

function describeFilters({ custom, conditions = [], ...filters }: CdrFilters): string {
  const plain = Object.entries({ ...filters, ...custom })
    .filter(([, value]) => value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0))
    .map(([name, value]) => `${titleOf(name)}: ${[value].flat().join(', ')}`);
  const adHoc = conditions.map(({ field, operator, values }) => `${titleOf(field)} ${operator} ${values.join(', ')}`);
  return [...plain, ...adHoc].join('; ');
}

function titleOf(name: string): string {
  return name in fieldTitles ? fieldTitles[name as keyof typeof fieldTitles] : name.replace(/^custom\./, '');
}
