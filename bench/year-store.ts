import { existsSync } from 'node:fs';
import { copyFile, rename } from 'node:fs/promises';
import path from 'node:path';
import { apart } from './apart';

/** The file of a store with a year of calls, about so many records. It is made once a run, in a process of its own. */
export async function yearStore(folder: string, records: number): Promise<string> {
  const file = path.join(folder, `year-${records}.duckdb`);
  if (!existsSync(file)) {
    await apart('fill-year', { file: `${file}.new`, records });
    await rename(`${file}.new`, file);
  }
  return file;
}

/** A copy of it, which may be written. */
export async function copyOfYear(folder: string, records: number, name: string): Promise<string> {
  const file = path.join(folder, `${name}.duckdb`);
  await copyFile(await yearStore(folder, records), file);
  return file;
}
