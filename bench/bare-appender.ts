import { DuckDBInstance } from '@duckdb/node-api';
import type { CdrRecord } from '../src/cdr/record';
import { millisecondsOf } from './median';

/** Milliseconds in which DuckDB's appender alone takes in records as rows of text, in one commit a batch: the limit. */
export async function bareAppender(file: string, batches: ReadonlyArray<readonly CdrRecord[]>): Promise<number> {
  const instance = await DuckDBInstance.create(file);
  const connection = await instance.connect();
  const columns = Object.keys(batches[0]![0]!) as Array<keyof CdrRecord>;
  await connection.run(`CREATE TABLE record (${columns.map((column) => `"${column}" VARCHAR`).join(', ')})`);
  try {
    return await millisecondsOf(async () => {
      for (const records of batches) {
        await connection.run('BEGIN');
        const appender = await connection.createAppender('record');
        for (const record of records) {
          columns.forEach((column) => appender.appendVarchar(String(record[column])));
          appender.endRow();
        }
        appender.closeSync();
        await connection.run('COMMIT');
      }
    });
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}
