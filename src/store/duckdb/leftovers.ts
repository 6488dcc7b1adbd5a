import { readdir, rm, rmdir } from 'node:fs/promises';
import path from 'node:path';

/** What DuckDB names the files that it moves memory to. */
const temporary = /^duckdb_temp_/;

/** Removes the temporary files of a database that a process left behind when it was killed. Nobody may have it open. */
export async function removeLeftovers(file: string): Promise<void> {
  const folder = `${file}.tmp`;
  const names = await readdir(folder).catch(() => null);
  if (!names) {
    return;
  }
  await Promise.all(names.filter((name) => temporary.test(name)).map((name) => rm(path.join(folder, name))));
  // Stays where something else is in it.
  await rmdir(folder).catch(() => undefined);
}
