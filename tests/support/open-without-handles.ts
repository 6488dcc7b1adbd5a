import { closeSync, openSync } from 'node:fs';
import { devNull } from 'node:os';
import { DuckDbFile } from '../../src/store/duckdb/duckdb-file';

/** Opens a file with no file handle left, and again with all of them. */
async function main(file: string): Promise<void> {
  const held: number[] = [];
  try {
    for (;;) {
      held.push(openSync(devNull, 'r'));
    }
  } catch {
    // All are held now.
  }
  const refused = await DuckDbFile.open(file).catch(String);
  held.forEach((handle) => closeSync(handle));
  await (await DuckDbFile.open(file)).close();
  process.stdout.write(JSON.stringify({ refused, opened: true }));
}

void main(process.argv[2]!);
