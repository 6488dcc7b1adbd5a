/** A column of a table, as its database names it. */
export interface TableColumn {
  name: string;
  /** True for numbers: a time is then kept as epoch seconds. */
  isNumber: boolean;
}

/** One table of a database, of which it is read only. Values are texts as the database writes them, null as ''. */
export interface CdrTable {
  columns(): Promise<TableColumn[]>;
  /** Rows with `from` <= column, and < `to` where it is given. */
  count(column: string, from: string, to: string | null): Promise<number>;
  /** The first `limit` of them by that column. */
  page(columns: readonly string[], column: string, from: string, to: string | null, limit: number): Promise<string[][]>;
  close(): Promise<void>;
}
