import type { Text } from '../sentences/sentence';

/** How far an export is. `waiting`: it has not begun; `queued`: others run first. */
export interface ExportProgress {
  state: 'waiting' | 'queued' | 'running' | 'done' | 'failed';
  /** Rows that were sent. */
  done: number;
  total: number;
  /** Exports that start before a queued one. */
  ahead?: number;
  /** Why it failed. */
  reason?: Text;
}
