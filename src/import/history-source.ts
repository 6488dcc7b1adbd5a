import type { CdrRecord } from '../cdr/record';
import type { RowProblems } from '../setup/import-progress';

/** Records read one after another, and how far the reading is. */
export interface Chunk {
  records: CdrRecord[];
  problems: RowProblems;
  /** Where to go on reading after this chunk. */
  position: string;
  /** Rows or bytes read in this chunk. */
  read: number;
}

/** A PBX's own record of its calls. Times in epoch milliseconds. */
export interface HistorySource {
  /** Rows or bytes that `history` will read. */
  size(position: string, since: number): Promise<number>;
  /** All records from a position on, the beginning where it is empty, that began at `since` or later. */
  history(position: string, since: number): AsyncIterable<Chunk>;
  /**
   * Stretches of time can be asked for. Null for a file, which only grows: its `history` from the last position tells
   * all that is new.
   */
  stretches: {
    /** Records that began in a stretch, and perhaps some that began near it. */
    between(from: number, to: number): AsyncIterable<Chunk>;
    count(from: number, to: number): Promise<number>;
  } | null;
  /** False where a file was begun anew since a position: what the old one had after it is not here. */
  continues(position: string): Promise<boolean>;
  /** Takes no longer than a moment. Never throws. */
  close(): Promise<void>;
}
