import { createConnection, type RowDataPacket } from 'mysql2/promise';
import { connect, type Socket } from 'node:net';
import type { CdrTable } from './cdr-table';
import { connectMs, statementMs, type DatabaseAddress } from './database-address';
import { SqlTable } from './sql-table';

/** Source: MySQL protocol, column types of numbers. */
const numbers = new Set([0, 1, 2, 3, 4, 5, 8, 9, 246]);

/** A table of MariaDB or MySQL. */
export async function openMysqlTable({ table, tls, ...address }: DatabaseAddress): Promise<CdrTable> {
  const { host, port, user, password, database } = address;
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
    ...(tls
      ? { ssl: { ...tls, rejectUnauthorized: true, verifyIdentity: true }, stream: () => socketTo(host, port) }
      : {}),
  });
  // A connection that breaks between two statements fails the next one.
  connection.on('error', () => undefined);
  await connection.query('SET SESSION TRANSACTION READ ONLY');
  return new SqlTable(
    {
      async query(sql, values) {
        const [rows, fields] = await connection.query<RowDataPacket[][]>({ sql, values, timeout: statementMs });
        const columns = fields.map(({ name, columnType }) => ({ name, isNumber: numbers.has(columnType ?? -1) }));
        return { rows: rows as unknown as Array<Array<string | null>>, columns };
      },
      quoted: (name) => `\`${name.replaceAll('`', '``')}\``,
      place: () => '?',
      close: () => connection.end(),
    },
    table
  );
}

/**
 * mysql2 leaves it to Node to know the host whose name a certificate must have, and Node notes names only: of an address
 * it would compare "localhost".
 */
function socketTo(host: string, port: number): Socket {
  return Object.assign(connect({ host, port, noDelay: true, keepAlive: true }), { _host: host });
}
