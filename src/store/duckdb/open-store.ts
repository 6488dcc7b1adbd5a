import { existsSync } from 'node:fs';
import { readdir, rename } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Derivation } from '../../cdr/derivation';
import type { Store } from '../store';
import { formerStoreName, hadSameName, storeName } from '../store-name';
import { logOf } from './damaged-log';
import { DuckDbFile } from './duckdb-file';
import { openDuckDbStore } from './open-duckdb-store';
import { makePrivateFolder } from './private-files';
import { isLocked } from './store-problem';

/** Grafana starts a new process while the one before may still be closing its file. */
const attempts = 6;
const pauseMs = 500;
const ending = '.duckdb';

/** The file of the store of one data source. */
export function storeFile(folder: string, key: string): string {
  return path.join(folder, `${storeName(key)}${ending}`);
}

/**
 * Opens the store of one data source, a file in a folder.
 *
 * @param key unique among data sources
 * @param onNotice hears what an Admin should know of it, for the log
 * @throws Error that says which file can't be used and why
 */
export async function openStore(
  folder: string,
  key: string,
  derivation: Derivation,
  onNotice: (notice: string) => void
): Promise<Store> {
  const file = storeFile(folder, key);
  for (let attempt = 1; ; attempt++) {
    try {
      await makePrivateFolder(folder);
      await adoptFormer(folder, key, file, onNotice);
      return await openDuckDbStore(file, derivation, { onNotice });
    } catch (error) {
      const text = error instanceof Error ? error.message : String(error);
      if (attempt === attempts || !isLocked(text)) {
        throw new Error(`The store ${file} can't be opened: ${text}`, { cause: error });
      }
      await sleep(pauseMs);
    }
  }
}

/** Gives the file that the data source had up to version 0.1 today's name. */
async function adoptFormer(
  folder: string,
  key: string,
  file: string,
  onNotice: (notice: string) => void
): Promise<void> {
  if (existsSync(file)) {
    return;
  }
  const names = await readdir(folder);
  const former = `${formerStoreName(key)}${ending}`;
  if (names.includes(former)) {
    const before = path.join(folder, former);
    // So that nobody else has it open, and its log is in it; on a full disk the log stays.
    await (await DuckDbFile.open(before)).close();
    if (existsSync(logOf(before))) {
      await rename(logOf(before), logOf(file));
    }
    await rename(before, file);
    onNotice(`The store ${former} is called ${path.basename(file)} now`);
    return;
  }
  const other = names.find((name) => name.endsWith(ending) && hadSameName(key, name.slice(0, -ending.length)));
  if (other) {
    onNotice(
      `The data source ${key} begins a new store. Up to version 0.1 it could share a file with the data source that ` +
        `now has ${other}: calls that both stored are there`
    );
  }
}
