import { DuckDBInstance } from '@duckdb/node-api';
import { millisecondsOf } from './median';

/** What ingest writes for records and queue events. */
const tables = ['record', 'queue_event', 'call', 'queue_visit', 'agent_leg'];

/**
 * Milliseconds in which DuckDB alone copies what ingest wrote into a store's file to another file, in so many commits: what
 * would be left if reading, deriving and handing over took no time.
 */
export async function bareCopy(from: string, file: string, commits: number): Promise<number> {
  const instance = await DuckDBInstance.create(file, { threads: '2' });
  const connection = await instance.connect();
  try {
    await connection.run(`ATTACH '${from}' AS stored (READ_ONLY)`);
    for (const table of tables) {
      await connection.run(`CREATE TABLE ${table} AS FROM stored.${table} LIMIT 0`);
    }
    return await millisecondsOf(async () => {
      for (let commit = 0; commit < commits; commit++) {
        await connection.run('BEGIN');
        for (const table of tables) {
          const rows = `(SELECT max(rowid) + 1 FROM stored.${table})`;
          await connection.run(`INSERT INTO ${table} FROM stored.${table}
            WHERE rowid >= ${rows} * ${commit} // ${commits} AND rowid < ${rows} * ${commit + 1} // ${commits}`);
        }
        await connection.run('COMMIT');
      }
    });
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}
