import { mkdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Derivation } from '../../cdr/derivation';
import { DuckDbStore } from './duckdb-store';
import { isDamage, isLocked } from './store-problem';

/** Grafana starts a new process while the one before may still be closing its file. */
const attempts = 6;
const pauseMs = 500;
/** Bytes of the three headers with which DuckDB begins a file: a shorter one holds nothing. */
const headersLength = 3 * 4096;

/**
 * Opens the store of one data source, `<folder>/<name>.duckdb`.
 * @throws Error that says which file can't be used and why
 */
export async function openStore(folder: string, name: string, derivation: Derivation): Promise<DuckDbStore> {
  const file = path.join(folder, `${name}.duckdb`);
  for (let attempt = 1; ; attempt++) {
    try {
      await mkdir(folder, { recursive: true, mode: 0o750 });
      return await openOrBegin(file, derivation);
    } catch (error) {
      const text = error instanceof Error ? error.message : String(error);
      if (attempt === attempts || !isLocked(text)) {
        throw new Error(`The store ${file} can't be opened: ${text}`, { cause: error });
      }
      await sleep(pauseMs);
    }
  }
}

/** A full disk, or an end, while a file was begun leaves a part of its headers, which can never be opened. */
async function openOrBegin(file: string, derivation: Derivation): Promise<DuckDbStore> {
  try {
    return await DuckDbStore.open(file, derivation);
  } catch (error) {
    const holdsNothing = ((await lengthOf(file)) ?? headersLength) < headersLength && !(await lengthOf(`${file}.wal`));
    if (!isDamage(String(error)) || !holdsNothing) {
      throw error;
    }
    await rm(file);
    return DuckDbStore.open(file, derivation);
  }
}

async function lengthOf(file: string): Promise<number | null> {
  return stat(file).then(
    ({ size }) => size,
    () => null
  );
}
