import path from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { keyedTables, yearTables } from './year-tables';

/** Writes the tables of a store's calls as CSV of their names, with the columns that PostgreSQL has. */
export async function run({ file, folder }: { file: string; folder: string }): Promise<void> {
  const instance = await DuckDBInstance.create(file, { access_mode: 'READ_ONLY' });
  const connection = await instance.connect();
  for (const { name, columns } of yearTables) {
    const values = columns.map(({ name, type }) =>
      type === 'list'
        ? `'{' || array_to_string(list_transform("${name}", x -> '"' || x || '"'), ',') || '}'`
        : `"${name}"`
    );
    // Of one call and time each has another.
    const key = keyedTables.has(name) ? ['rowid'] : [];
    await connection.run(
      `COPY (SELECT ${[...values, ...key].join(', ')} FROM ${name}) TO '${path.join(folder, `${name}.csv`)}' ` +
        "(FORMAT csv, HEADER false, NULLSTR '')"
    );
  }
  connection.closeSync();
  instance.closeSync();
}
