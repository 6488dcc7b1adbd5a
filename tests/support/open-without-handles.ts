import { closeSync, openSync } from 'node:fs';
import { devNull } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { DuckDbFile } from '../../src/store/duckdb/duckdb-file';

/** Opens a file with no file handle left, and again with all of them. */
async function main(file: string): Promise<void> {
  const held: number[] = [];
  // What loads this program, and writes a cache of it, gives some back a moment later.
  for (let look = 0; look < 10; look++) {
    holdAll(held);
    await sleep(20);
  }
  const refused = await DuckDbFile.open(file).catch(String);
  held.forEach((handle) => closeSync(handle));
  await (await DuckDbFile.open(file)).close();
  process.stdout.write(JSON.stringify({ refused, opened: true }));
}

function holdAll(held: number[]): void {
  try {
    for (;;) {
      held.push(openSync(devNull, 'r'));
    }
  } catch {
    // All are held now.
  }
}

void main(process.argv[2]!);
