import type { SavedQuery } from '../query/model';

/** False while a query is being made up and can't be asked yet: statistics of no figure. */
export function isComplete(query: Pick<SavedQuery, 'queryType' | 'metrics'>): boolean {
  return query.queryType !== 'statistics' || query.metrics === undefined || query.metrics.length > 0;
}
