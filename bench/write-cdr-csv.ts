import { DuckDBInstance } from '@duckdb/node-api';
import { cdrRow } from './mariadb-cdr';

/** Writes the records of a store as rows of the CDR table, as CSV. */
export async function run({ file, csv }: { file: string; csv: string }): Promise<void> {
  const instance = await DuckDBInstance.create(file, { access_mode: 'READ_ONLY' });
  const connection = await instance.connect();
  await connection.run(`COPY (${cdrRow}) TO '${csv}' (FORMAT csv, HEADER false, NULLSTR '')`);
  connection.closeSync();
  instance.closeSync();
}
