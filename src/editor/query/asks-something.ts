import { isComplete } from '../../datasource/is-complete';
import type { SavedQuery } from '../../query/model';

/** Whether a query for a journey names no call yet. */
export function lacksCall({ queryType, filters }: Pick<SavedQuery, 'queryType' | 'filters'>): boolean {
  return queryType === 'journey' && !filters?.linkedId?.length;
}

/** Whether a query can be asked and answered, by the rows of which a file can be made. */
export function asksSomething(query: Pick<SavedQuery, 'queryType' | 'metrics' | 'filters'>): boolean {
  return isComplete(query) && !lacksCall(query);
}
