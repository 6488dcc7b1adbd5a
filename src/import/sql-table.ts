import type { CdrTable, TableColumn } from './cdr-table';

/** A connection to a database, and what is its own in SQL. */
export interface SqlConnection {
  /** Values as the database writes them. */
  query(sql: string, values: string[]): Promise<{ rows: Array<Array<string | null>>; columns: TableColumn[] }>;
  quoted(name: string): string;
  /** Where the n-th value stands, from 1. */
  place(n: number): string;
  close(): Promise<void>;
}

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
    const { columns } = await this.connection.query(`SELECT * FROM ${this.table} LIMIT 0`, []);
    return columns;
  }

  async count(column: string, from: string, to: string | null): Promise<number> {
    const [where, values] = this.range(column, from, to);
    const { rows } = await this.connection.query(`SELECT count(*) FROM ${this.table} WHERE ${where}`, values);
    return Number(rows[0]![0]);
  }

  async page(columns: readonly string[], column: string, from: string, to: string | null, limit: number) {
    const { quoted } = this.connection;
    const [where, values] = this.range(column, from, to);
    const { rows } = await this.connection.query(
      `SELECT ${columns.map(quoted).join(', ')} FROM ${this.table} WHERE ${where} ` +
        `ORDER BY ${quoted(column)} LIMIT ${Math.round(limit)}`,
      values
    );
    return rows.map((row) => row.map((value) => value ?? ''));
  }

  close(): Promise<void> {
    return this.connection.close();
  }

  private range(column: string, from: string, to: string | null): [sql: string, values: string[]] {
    const { quoted, place } = this.connection;
    const since = `${quoted(column)} >= ${place(1)}`;
    return to === null ? [since, [from]] : [`${since} AND ${quoted(column)} < ${place(2)}`, [from, to]];
  }
}
