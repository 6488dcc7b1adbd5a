import { DuckDBInstance } from '@duckdb/node-api';
import { medianMilliseconds } from './median';
import { questions } from './questions';
import { year } from './year';

/** Median milliseconds of each question in the least SQL on the same file, by one connection of DuckDB's own client. */
export async function bareScan(file: string): Promise<number[]> {
  const instance = await DuckDBInstance.create(file, { access_mode: 'READ_ONLY' });
  const connection = await instance.connect();
  const times: number[] = [];
  for (const { bare, span } of questions) {
    const values = { from: BigInt(year.to - span), to: BigInt(year.to) };
    times.push(await medianMilliseconds(async () => (await connection.runAndReadAll(bare, values)).getRows()));
  }
  connection.closeSync();
  instance.closeSync();
  return times;
}
