import { createConnection, type Connection, type FieldPacket, type RowDataPacket } from 'mysql2/promise';
import type { CdrTable, TableColumn } from './cdr-table';
import type { DatabaseAddress } from './database-address';
import { connectMs, statementMs } from './database-address';

/** Source: MySQL protocol, column types of numbers. */
const numbers = new Set([0, 1, 2, 3, 4, 5, 8, 9, 246]);

/** A table of MariaDB or MySQL. */
export async function openMysqlTable(address: DatabaseAddress): Promise<CdrTable> {
  const { host, port, user, password, database, tls } = address;
  const connection = await createConnection({
    host,
    port,
    user,
    password,
    database,
    connectTimeout: connectMs,
    charset: 'utf8mb4',
    // A server must not be able to ask for files of Grafana's machine.
    flags: ['-LOCAL_FILES'],
    // Compiles no code from the names of columns.
    disableEval: true,
    rowsAsArray: true,
    typeCast: (field) => field.string(),
    ...(tls ? { ssl: { rejectUnauthorized: true } } : {}),
  });
  // A connection that breaks between two statements fails the next one.
  connection.on('error', () => undefined);
  await connection.query('SET SESSION TRANSACTION READ ONLY');
  return new MysqlTable(connection, address.table.split('.').map(quoted).join('.'));
}

class MysqlTable implements CdrTable {
  constructor(
    private readonly connection: Connection,
    private readonly table: string
  ) {}

  async columns(): Promise<TableColumn[]> {
    const [, fields] = await this.query(`SELECT * FROM ${this.table} LIMIT 0`, []);
    return fields.map(({ name, columnType }) => ({ name, isNumber: numbers.has(columnType ?? -1) }));
  }

  async count(column: string, from: string, to: string | null): Promise<number> {
    const [where, values] = range(column, from, to);
    const [rows] = await this.query(`SELECT count(*) FROM ${this.table} WHERE ${where}`, values);
    return Number(rows[0]![0]);
  }

  async page(columns: readonly string[], column: string, from: string, to: string | null, limit: number) {
    const [where, values] = range(column, from, to);
    const [rows] = await this.query(
      `SELECT ${columns.map(quoted).join(', ')} FROM ${this.table} WHERE ${where} ` +
        `ORDER BY ${quoted(column)} LIMIT ${Math.round(limit)}`,
      values
    );
    return rows.map((row) => row.map((value) => value ?? ''));
  }

  async close(): Promise<void> {
    await this.connection.end();
  }

  private async query(sql: string, values: string[]): Promise<[Array<Array<string | null>>, FieldPacket[]]> {
    const [rows, fields] = await this.connection.query<RowDataPacket[][]>({ sql, values, timeout: statementMs });
    return [rows as unknown as Array<Array<string | null>>, fields];
  }
}

function range(column: string, from: string, to: string | null): [sql: string, values: string[]] {
  const name = quoted(column);
  return to === null ? [`${name} >= ?`, [from]] : [`${name} >= ? AND ${name} < ?`, [from, to]];
}

function quoted(name: string): string {
  return `\`${name.replaceAll('`', '``')}\``;
}
