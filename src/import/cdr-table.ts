/** A column of a table, as its database names it. */
export interface TableColumn {
  name: string;
  /** True for numbers: a time is then kept as epoch seconds. */
  isNumber: boolean;
}

/** Rows by their time, as the database writes it. */
export interface TimeRange {
  column: string;
  from: string;
  /** Leaves out the rows of `from` itself. */
  isAfter?: boolean;
  /** Exclusive. */
  to: string;
}

/** One table of a database, of which it is read only. Values are texts as the database writes them, null as ''. */
export interface CdrTable {
  columns(): Promise<TableColumn[]>;
  count(range: TimeRange): Promise<number>;
  /** The first `limit` rows by their time, or the last ones, the latest first. */
  page(columns: readonly string[], range: TimeRange, order: 'first' | 'last', limit: number): Promise<string[][]>;
  /** Rows of one time, of which the first `offset` are left out. `order` tells all rows apart that are not the same. */
  pageOfTime(
    columns: readonly string[],
    time: { column: string; value: string; order: readonly string[] },
    offset: number,
    limit: number
  ): Promise<string[][]>;
  close(): Promise<void>;
}
