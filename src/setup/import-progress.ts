import type { Text } from '../sentences/sentence';
import type { ImportKind, ImportType } from '../settings/import-settings';

/**
 * What was wrong with rows of a table or lines of a file. `noStart`: no time of the start that can be; left out.
 * `noZone`: no UniqueID that tells the time zone, and none is set; left out. `notCdr`: columns that are not those of a call
 * detail record; left out. `badNumber`: a duration that is none; counted as 0 or told from the times. `cutIds`: ids longer
 * than their column, of which the database kept the beginning; told apart by channel and day. `notQueueLog`: lines that are
 * none of a queue_log, or cut; left out. `neverEnded`: log-ins and pauses that no line ended; they end a day after the last
 * line about the agent.
 */
export const rowProblems = ['noStart', 'noZone', 'notCdr', 'badNumber', 'cutIds', 'notQueueLog', 'neverEnded'] as const;
export type RowProblem = (typeof rowProblems)[number];
/** How many rows have it; none where it is not named. */
export type RowProblems = Partial<Record<RowProblem, number>>;

/** How an import fares. Times in epoch milliseconds. */
export interface ImportProgress {
  server: string;
  kind: ImportKind;
  type: ImportType;
  /** `idle`: the history was never imported. `done`: it was, and what is missed later is filled in. */
  state: 'idle' | 'running' | 'done';
  /** Of the history: rows of a table, bytes of a file. */
  done: number;
  total: number;
  /** Records that were in no other way known; of a queue_log, calls of which more is known by it. */
  added: number;
  /** Of the history, and of what a file grew by since. */
  problems: RowProblems;
  /** Gaps that were filled in. */
  gapsFilled: number;
  /** When table and store were last compared. */
  checkedAt: number | null;
  /** Why it failed, and what to try; null while it works. It is tried again by itself. */
  error: Text | null;
}
