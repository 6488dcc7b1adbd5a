import type { ImportType } from '../settings/import-settings';

/** How an import fares. Times in epoch milliseconds. */
export interface ImportProgress {
  server: string;
  type: ImportType;
  /** `idle`: the history was never imported. `done`: it was, and what is missed later is filled in. */
  state: 'idle' | 'running' | 'done';
  /** Of the history: rows of a table, bytes of a file. */
  done: number;
  total: number;
  /** Records that were in no other way known. */
  added: number;
  /** Gaps that were filled in. */
  gapsFilled: number;
  /** When table and store were last compared. */
  checkedAt: number | null;
  /** Why it does not go on, and what to try; null while it does. It is tried again by itself. */
  error: string | null;
}
