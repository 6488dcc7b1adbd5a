import { Client, type QueryArrayResult } from 'pg';
import type { CdrTable, TableColumn } from './cdr-table';
import type { DatabaseAddress } from './database-address';
import { connectMs, statementMs } from './database-address';

/** Source: PostgreSQL, pg_type.dat: int8, int2, int4, float4, float8, numeric. */
const numbers = new Set([20, 21, 23, 700, 701, 1700]);

/** A table of PostgreSQL. */
export async function openPostgresTable(address: DatabaseAddress): Promise<CdrTable> {
  const { host, port, user, password, database, tls } = address;
  const client = new Client({
    host,
    port,
    user,
    password,
    database,
    connectionTimeoutMillis: connectMs,
    query_timeout: statementMs,
    types: { getTypeParser: () => (value: string) => value },
    ...(tls ? { ssl: { rejectUnauthorized: true } } : {}),
  });
  // A connection that breaks between two statements fails the next one.
  client.on('error', () => undefined);
  await client.connect();
  await client.query('SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY');
  await client.query("SET datestyle = 'ISO'");
  return new PostgresTable(client, address.table.split('.').map(quoted).join('.'));
}

class PostgresTable implements CdrTable {
  constructor(
    private readonly client: Client,
    private readonly table: string
  ) {}

  async columns(): Promise<TableColumn[]> {
    const { fields } = await this.query(`SELECT * FROM ${this.table} LIMIT 0`, []);
    return fields.map(({ name, dataTypeID }) => ({ name, isNumber: numbers.has(dataTypeID) }));
  }

  async count(column: string, from: string, to: string | null): Promise<number> {
    const [where, values] = range(column, from, to);
    const { rows } = await this.query(`SELECT count(*) FROM ${this.table} WHERE ${where}`, values);
    return Number(rows[0]![0]);
  }

  async page(columns: readonly string[], column: string, from: string, to: string | null, limit: number) {
    const [where, values] = range(column, from, to);
    const { rows } = await this.query(
      `SELECT ${columns.map(quoted).join(', ')} FROM ${this.table} WHERE ${where} ` +
        `ORDER BY ${quoted(column)} LIMIT ${Math.round(limit)}`,
      values
    );
    return rows.map((row) => row.map((value) => value ?? ''));
  }

  async close(): Promise<void> {
    await this.client.end();
  }

  private query(text: string, values: string[]): Promise<QueryArrayResult<Array<string | null>>> {
    return this.client.query({ text, values, rowMode: 'array' });
  }
}

function range(column: string, from: string, to: string | null): [sql: string, values: string[]] {
  const name = quoted(column);
  return to === null ? [`${name} >= $1`, [from]] : [`${name} >= $1 AND ${name} < $2`, [from, to]];
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
