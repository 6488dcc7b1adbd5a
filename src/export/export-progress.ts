/** How far an export is. `waiting`: nobody has asked for it yet. */
export interface ExportProgress {
  state: 'waiting' | 'running' | 'done' | 'failed';
  /** Rows that were sent. */
  done: number;
  total: number;
  /** Why it failed. */
  message?: string;
}
