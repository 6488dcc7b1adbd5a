import type { SavedQuery } from './model';
import { statusColumns } from './status-columns';

/** Whether a question is of a time range, and not of this moment or of a call whenever it was. */
export function hasRange({ queryType }: Pick<SavedQuery, 'queryType'>): boolean {
  return queryType === undefined || (queryType !== 'journey' && !(queryType in statusColumns));
}
