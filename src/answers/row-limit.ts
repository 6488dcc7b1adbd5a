import { sentence } from '../sentences/sentence';
import { notice, type Notice } from './notice';

/** Rows up to a limit, of which one more was looked for, and what there is to say where there are more. */
export function withinLimit<T>(found: readonly T[], limit: number): { rows: T[]; notices: Notice[] } {
  return { rows: found.slice(0, limit), notices: found.length > limit ? [limitNotice(limit)] : [] };
}

/** Says that rows are left out. */
export function limitNotice(limit: number): Notice {
  return notice('info', sentence('notice.rows.more', { limit }));
}
