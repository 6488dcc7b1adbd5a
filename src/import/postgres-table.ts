import { Client, Query, type QueryArrayConfig } from 'pg';
import type { DatabaseAddress } from '../database/database-address';
import { refuseClearText } from '../database/refuse-clear-text';
import { BoundedSocket, type StepBounds } from './bounded-socket';
import type { CdrTable } from './cdr-table';
import type { SqlConnection, SqlResult } from './sql-connection';
import { SqlTable } from './sql-table';
import { logIn, logOut, makeReadOnly } from './step-bounds';

/** Source: PostgreSQL, pg_type.dat: int8, int2, int4, float4, float8, numeric. */
const numbers = new Set([20, 21, 23, 700, 701, 1700]);
const asText = { getTypeParser: () => (value: string) => value };

/** A table of PostgreSQL. Each step, this one included, ends when `signal` is aborted. */
export async function openPostgresTable(
  address: DatabaseAddress,
  signal = new AbortController().signal
): Promise<CdrTable> {
  const { host, port, user, password, database, tls } = address;
  const socket = new BoundedSocket(`${host}:${port}`, signal);
  const client = new Client({
    host,
    port,
    user,
    password,
    database,
    types: asText,
    ssl: tls ? { ...tls, rejectUnauthorized: true } : false,
    stream: () => socket,
  });
  // A connection that breaks between two statements fails the next one.
  client.on('error', () => undefined);
  client.connection.on('sslconnect', () => socket.guard(client.connection.stream));
  if (tls === null) {
    refuseClearText(client, (whatItDid) => socket.breakOff(whatItDid));
  }
  const own = new PostgresConnection(client, socket);
  try {
    await socket.step(logIn, () => client.connect());
    await own.query('SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY', [], 0, makeReadOnly);
    await own.query("SET datestyle = 'ISO'", [], 0, makeReadOnly);
  } catch (error) {
    socket.destroy();
    throw error;
  }
  return new SqlTable(own, address.table);
}

class PostgresConnection implements SqlConnection {
  constructor(
    private readonly client: Client,
    private readonly socket: BoundedSocket
  ) {}

  query(text: string, values: readonly string[], mostRows: number, bounds: StepBounds): Promise<SqlResult> {
    const rows: SqlResult['rows'] = [];
    const read = new Promise<SqlResult>((resolve, reject) => {
      const question: QueryArrayConfig = { text, values: [...values], rowMode: 'array' };
      const query = new Query<Array<string | null>>(question);
      query.on('error', reject);
      query.on('row', (row: Array<string | null>) => {
        if (rows.push(row) > mostRows) {
          this.socket.breakOff(`sent more than the ${mostRows} rows that it was asked for`);
        }
      });
      query.on('end', ({ fields }) => {
        const columns = fields.map(({ name, dataTypeID }) => ({ name, isNumber: numbers.has(dataTypeID) }));
        resolve({ rows, columns });
      });
      this.client.query(query);
    });
    return this.socket.step(bounds, () => read);
  }

  quoted(name: string): string {
    return `"${name.replaceAll('"', '""')}"`;
  }

  place(n: number): string {
    return `$${n}`;
  }

  async close(): Promise<void> {
    await this.socket.step(logOut, () => this.client.end()).catch(() => undefined);
    this.socket.destroy();
  }
}
