import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** Without the bench's own loader of TypeScript, which takes memory too. */
const script = `
  const { DuckDBInstance } = require('@duckdb/node-api');
  (async () => {
    const instance = await DuckDBInstance.create(process.argv[1], { memory_limit: '512MB', threads: '2' });
    const connection = await instance.connect();
    await connection.run('SELECT 1');
    console.log(process.memoryUsage.rss());
    connection.closeSync();
    instance.closeSync();
  })();`;

/** Memory of a process that has opened a store's file, and nothing else. Bytes. */
export async function bareDuckDb(file: string): Promise<number> {
  const { stdout } = await promisify(execFile)(process.execPath, ['-e', script, file]);
  return Number(stdout);
}
