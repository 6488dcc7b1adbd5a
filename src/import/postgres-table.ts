import { Client } from 'pg';
import type { CdrTable } from './cdr-table';
import { connectMs, statementMs, type DatabaseAddress } from './database-address';
import { SqlTable } from './sql-table';

/** Source: PostgreSQL, pg_type.dat: int8, int2, int4, float4, float8, numeric. */
const numbers = new Set([20, 21, 23, 700, 701, 1700]);

/** A table of PostgreSQL. */
export async function openPostgresTable({ table, tls, ...address }: DatabaseAddress): Promise<CdrTable> {
  const { host, port, user, password, database } = address;
  const client = new Client({
    host,
    port,
    user,
    password,
    database,
    connectionTimeoutMillis: connectMs,
    query_timeout: statementMs,
    types: { getTypeParser: () => (value: string) => value },
    ssl: tls ? { ...tls, rejectUnauthorized: true } : false,
  });
  // A connection that breaks between two statements fails the next one.
  client.on('error', () => undefined);
  await client.connect();
  await client.query('SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY');
  await client.query("SET datestyle = 'ISO'");
  return new SqlTable(
    {
      async query(text, values) {
        const { rows, fields } = await client.query<Array<string | null>>({
          text,
          values,
          rowMode: 'array',
        });
        const columns = fields.map(({ name, dataTypeID }) => ({ name, isNumber: numbers.has(dataTypeID) }));
        return { rows, columns };
      },
      quoted: (name) => `"${name.replaceAll('"', '""')}"`,
      place: (n) => `$${n}`,
      close: () => client.end(),
    },
    table
  );
}
