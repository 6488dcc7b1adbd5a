import { DuckDBInstance } from '@duckdb/node-api';

/** How often each record stands in the file of a store that nobody has open, by server and UniqueID. */
export async function storedRecords(file: string): Promise<Map<string, number>> {
  const instance = await DuckDBInstance.create(file);
  const connection = await instance.connect();
  const found = await connection.runAndReadAll('SELECT server, unique_id, count(*) AS n FROM record GROUP BY ALL');
  const counts = found.getRowObjectsJS().map((row) => [`${row.server} ${row.unique_id}`, Number(row.n)] as const);
  connection.closeSync();
  instance.closeSync();
  return new Map(counts);
}
