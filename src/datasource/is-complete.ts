import type { SavedQuery } from '../query/model';

/** The call id that stands for none: a filter by it and a variable asks nothing until the variable has a value. */
const noCall = '-';

/** False while a query is being made up and can't be asked yet: statistics of no figure, or what is of no call. */
export function isComplete({
  queryType,
  metrics,
  filters,
}: Pick<SavedQuery, 'queryType' | 'metrics' | 'filters'>): boolean {
  const hasFigures = queryType !== 'statistics' || metrics === undefined || metrics.length > 0;
  return hasFigures && filters?.linkedId?.join() !== noCall;
}
