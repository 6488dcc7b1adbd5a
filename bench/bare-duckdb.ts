import { DuckDBInstance } from '@duckdb/node-api';
import { residentBytes } from './resident-bytes';

/** Memory of a process that has opened a store's file, and nothing else. Bytes. */
export async function run({ file }: { file: string }): Promise<number> {
  const instance = await DuckDBInstance.create(file, { memory_limit: '512MB', threads: '2' });
  const connection = await instance.connect();
  await connection.run('SELECT 1');
  const bytes = residentBytes(process.pid);
  connection.closeSync();
  instance.closeSync();
  return bytes;
}
