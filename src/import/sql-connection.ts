import type { StepBounds } from './bounded-socket';
import type { TableColumn } from './cdr-table';

export interface SqlResult {
  /** Values as the database writes them. */
  rows: Array<Array<string | null>>;
  columns: TableColumn[];
}

/** A connection to a database, and what is its own in SQL. */
export interface SqlConnection {
  /**
   * @param mostRows more than these end the connection
   * @throws ImportError when the database breaks a bound, else what it says
   */
  query(sql: string, values: readonly string[], mostRows: number, bounds: StepBounds): Promise<SqlResult>;
  quoted(name: string): string;
  /** Where the n-th value stands, from 1. */
  place(n: number): string;
  /** Takes no longer than a moment, whatever the database does. Never throws. */
  close(): Promise<void>;
}
