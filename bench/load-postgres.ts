import { chmod, mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { Pool, type PoolConfig } from 'pg';
import { Months } from '../src/store/postgres/months';
import { inTransaction } from '../src/store/postgres/session';
import { defaultDerivation } from '../tests/support/cdr-builders';
import { apart } from './apart';
import { openAt, type PostgresPlace } from './store-place';
import { day, year } from './year';
import { keyedTables, yearTables } from './year-tables';

/** A load of some gigabytes. Milliseconds. */
const statementMs = 3_600_000;

/** Puts the calls of a DuckDB file into a schema of PostgreSQL, row by row the same; gives where they are. */
export async function loadPostgres(address: PoolConfig, folder: string, file: string): Promise<PostgresPlace> {
  const place = { address, schema: `store_${path.parse(file).name.replaceAll(/\W/g, '_')}` };
  await (await openAt(place)).close();
  const csv = path.join(folder, 'tables');
  await mkdir(csv);
  // PostgreSQL's own user reads it.
  await Promise.all([folder, csv].map((one) => chmod(one, 0o755)));
  await apart('write-tables-csv', { file, folder: csv });
  const pool = new Pool(address);
  const { schema } = place;
  const days = Array.from({ length: 2 + (year.to - year.from) / day }, (_, n) => year.from + n * day);
  await inTransaction(pool, { mode: 'READ WRITE', schema, statementMs }, async (session) => {
    const months = new Months(schema);
    for (const { name, columns } of yearTables) {
      const time = keyedTables.get(name);
      if (time) {
        await months.makeFor({ table: name, time }, days, session);
      }
      const names = [...columns.map((column) => `"${column.name}"`), ...(time ? ['key'] : [])];
      await session.run(`COPY ${name} (${names.join(', ')}) FROM '${path.join(csv, `${name}.csv`)}' (FORMAT csv)`);
    }
    // Nothing is to be derived again when the store is opened.
    await session.run('INSERT INTO derivation VALUES ($1)', [defaultDerivation.key]);
  });
  await rm(csv, { recursive: true });
  await tidy(pool, schema);
  await pool.end();
  return place;
}

/** What autovacuum does in the minutes after: to the parts, not to the tables that are cut into them. */
async function tidy(pool: Pool, schema: string): Promise<void> {
  const { rows } = await pool.query<{ name: string }>(
    "SELECT c.oid::regclass AS name FROM pg_class c WHERE c.relkind = 'r' AND c.relnamespace = quote_ident($1)::regnamespace",
    [schema]
  );
  for (const { name } of rows) {
    await pool.query(`VACUUM ANALYZE ${name}`);
  }
}
