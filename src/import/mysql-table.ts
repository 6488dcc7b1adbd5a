import type { Connection, FieldPacket } from 'mysql2';
import { decodeText } from '../cdr/decode-text';
import { BoundedSocket, type StepBounds } from './bounded-socket';
import type { CdrTable } from './cdr-table';
import type { DatabaseAddress } from '../database/database-address';
import type { SqlConnection, SqlResult } from './sql-connection';
import { SqlTable } from './sql-table';
import { logIn, logOut, makeReadOnly } from './step-bounds';

/** Source: MySQL protocol, column types of numbers. */
const numbers = new Set([0, 1, 2, 3, 4, 5, 8, 9, 246]);

/** A table of MariaDB or MySQL. Each step, this one included, ends when `signal` is aborted. */
export async function openMysqlTable(
  address: DatabaseAddress,
  signal = new AbortController().signal
): Promise<CdrTable> {
  return new SqlTable(await openMysql(address, signal), address.table);
}

/** A connection to MariaDB or MySQL that only reads; bounded as that of `openMysqlTable`. */
export async function openMysql(address: Omit<DatabaseAddress, 'table'>, signal: AbortSignal): Promise<SqlConnection> {
  const { host, port, user, password, database, tls } = address;
  const socket = new BoundedSocket(`${host}:${port}`, signal);
  // Not before it is needed: it takes a tenth of the start.
  const { createConnection } = await import('mysql2');
  const connection = createConnection({
    host,
    port,
    user,
    password,
    database,
    // Of our own: `logIn` bounds it.
    connectTimeout: 0,
    charset: 'utf8mb4',
    // A server must not be able to ask for files of Grafana's machine.
    flags: ['-LOCAL_FILES'],
    // Compiles no code from the names of columns.
    disableEval: true,
    rowsAsArray: true,
    typeCast: (field) => {
      const bytes = field.buffer();
      return bytes && decodeText(bytes);
    },
    // The password itself, where the server asks for it, goes only to one whose certificate was checked.
    enableCleartextPlugin: tls !== null,
    ...(tls ? { ssl: { ...tls, rejectUnauthorized: true, verifyIdentity: true } } : {}),
    // mysql2 leaves it to Node to know the host whose name a certificate must have, and Node notes names only: of an
    // address it would compare "localhost".
    stream: () => Object.assign(socket.connect({ host, port }), { _host: host }),
  });
  // A connection that breaks between two statements fails the next one.
  connection.on('error', () => undefined);
  // mysql2 goes on, and writes a line to the log for each packet.
  connection.on('warn', () => socket.breakOff("does not keep to MySQL's protocol"));
  const own = new MysqlConnection(connection, socket);
  try {
    await socket.step(logIn, () => own.logIn());
    await own.query('SET SESSION TRANSACTION READ ONLY', [], 0, makeReadOnly);
  } catch (error) {
    socket.destroy();
    throw error;
  }
  return own;
}

class MysqlConnection implements SqlConnection {
  constructor(
    private readonly connection: Connection,
    private readonly socket: BoundedSocket
  ) {}

  logIn(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.connection.once('error', reject);
      this.connection.connect((error) => (error ? reject(error) : resolve()));
    });
  }

  query(sql: string, values: readonly string[], mostRows: number, bounds: StepBounds): Promise<SqlResult> {
    const result: SqlResult = { rows: [], columns: [] };
    const read = new Promise<SqlResult>((resolve, reject) => {
      this.connection
        .query({ sql, values: [...values] })
        .on('error', reject)
        .on('fields', (fields: FieldPacket[] | undefined) => {
          result.columns = (fields ?? []).map(({ name, columnType }) => ({
            name,
            isNumber: numbers.has(columnType ?? -1),
          }));
        })
        .on('result', (row: unknown) => {
          if (Array.isArray(row) && result.rows.push(row as Array<string | null>) > mostRows) {
            this.socket.breakOff(`sent more than the ${mostRows} rows that it was asked for`);
          }
        })
        .on('end', () => resolve(result));
    });
    return this.socket.step(bounds, () => read);
  }

  quoted(name: string): string {
    return `\`${name.replaceAll('`', '``')}\``;
  }

  place(): string {
    return '?';
  }

  async close(): Promise<void> {
    await this.socket
      .step(logOut, () => new Promise<void>((resolve) => this.connection.end(() => resolve())))
      .catch(() => undefined);
    this.socket.destroy();
  }
}
