import type { ReadRows } from './row-reader';

/** What was read of rows one after another, and how far the reading is. */
export interface Chunk extends ReadRows {
  /** Where to go on reading after this chunk. */
  position: string;
  /** Rows or bytes read in this chunk. */
  read: number;
}

/** A PBX's own record of its calls or of its queues. Times in epoch milliseconds. */
export interface HistorySource {
  /** Rows or bytes that `history` will read. */
  size(position: string, since: number): Promise<number>;
  /** All from a position on, the beginning where it is empty, that is of `since` or later. */
  history(position: string, since: number): AsyncIterable<Chunk>;
  /**
   * Stretches of time can be asked for. Null for a file or a queue_log, which only grow: their `history` from the last
   * position tells all that is new.
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
