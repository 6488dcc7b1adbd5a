import type { CdrFilters } from '../cdr/filters';
import { metrics } from '../cdr/metrics';
import { questionById, questionOf } from '../query/questions';
import type { SavedQuery } from '../query/model';

/** A query in one line, as Explore's history lists it: `Answer rate by queue, 1h (queue: sales, support)`. */
export function describeQuery(query: SavedQuery): string {
  const id = questionOf(query);
  const what = id === 'custom' ? figures(query) : questionById(id).label;
  const width = query.interval ? `, ${query.interval}` : '';
  const filters = describeFilters(query.filters ?? {});
  return `${what}${width}${filters && ` (${filters})`}`;
}

function figures({ metrics: ids = ['totalCalls'], groupBy = [] }: SavedQuery): string {
  const titles = ids.map((id) => metrics[id]?.title ?? id).join(', ');
  return groupBy.length > 0 ? `${titles} by ${groupBy.join(', ')}` : titles;
}

function describeFilters({ custom, ...filters }: CdrFilters): string {
  return Object.entries({ ...filters, ...custom })
    .filter(([, value]) => value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0))
    .map(([name, value]) => `${name}: ${[value].flat().join(', ')}`)
    .join('; ');
}
