import type { CdrTable, TableColumn, TimeRange } from './cdr-table';
import type { SqlConnection } from './sql-connection';
import { countRows, nameColumns, readRows } from './step-bounds';

/** A table of any database that speaks SQL. */
export class SqlTable implements CdrTable {
  private readonly table: string;

  /** @param table `table` or `schema.table` */
  constructor(
    private readonly connection: SqlConnection,
    table: string
  ) {
    this.table = table.split('.').map(connection.quoted).join('.');
  }

  async columns(): Promise<TableColumn[]> {
    const { columns } = await this.connection.query(`SELECT * FROM ${this.table} LIMIT 0`, [], 0, nameColumns);
    return columns;
  }

  async count(range: TimeRange): Promise<number> {
    const sql = `SELECT count(*) FROM ${this.table} WHERE ${this.within(range)}`;
    const { rows } = await this.connection.query(sql, [range.from, range.to], 1, countRows);
    return Number(rows[0]?.[0] ?? 0);
  }

  page(columns: readonly string[], range: TimeRange, order: 'first' | 'last', limit: number): Promise<string[][]> {
    const direction = order === 'last' ? ' DESC' : '';
    return this.select(
      columns,
      `WHERE ${this.within(range)} ORDER BY ${this.connection.quoted(range.column)}${direction} LIMIT ${limit}`,
      [range.from, range.to],
      limit
    );
  }

  pageOfTime(
    columns: readonly string[],
    { column, value, order }: { column: string; value: string; order: readonly string[] },
    offset: number,
    limit: number
  ): Promise<string[][]> {
    const { quoted, place } = this.connection;
    return this.select(
      columns,
      `WHERE ${quoted(column)} = ${place(1)} ORDER BY ${order.map(quoted).join(', ')} LIMIT ${limit} OFFSET ${offset}`,
      [value],
      limit
    );
  }

  close(): Promise<void> {
    return this.connection.close();
  }

  private async select(
    columns: readonly string[],
    which: string,
    values: readonly string[],
    limit: number
  ): Promise<string[][]> {
    const sql = `SELECT ${columns.map(this.connection.quoted).join(', ')} FROM ${this.table} ${which}`;
    const { rows } = await this.connection.query(sql, values, limit, readRows);
    return rows.map((row) => row.map((value) => value ?? ''));
  }

  private within({ column, isAfter }: TimeRange): string {
    const { quoted, place } = this.connection;
    return `${quoted(column)} ${isAfter ? '>' : '>='} ${place(1)} AND ${quoted(column)} < ${place(2)}`;
  }
}
