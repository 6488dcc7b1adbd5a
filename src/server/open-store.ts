import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Derivation } from '../cdr/derivation';
import { DuckDbStore } from '../store/duckdb/duckdb-store';

/** Grafana starts a new process while the one before may still be closing its file. */
const attempts = 6;
const pauseMs = 500;

/**
 * Opens the store of one data source, `<folder>/<name>.duckdb`.
 * @throws Error that says which file can't be used, why, and what to try
 */
export async function openStore(folder: string, name: string, derivation: Derivation): Promise<DuckDbStore> {
  const file = path.join(folder, `${name}.duckdb`);
  for (let attempt = 1; ; attempt++) {
    try {
      await mkdir(folder, { recursive: true, mode: 0o750 });
      return await DuckDbStore.open(file, derivation);
    } catch (error) {
      const text = error instanceof Error ? error.message : String(error);
      if (attempt === attempts || !/lock/i.test(text)) {
        throw new Error(`The store ${file} can't be opened: ${text}. ${advice(text)}`, { cause: error });
      }
      await sleep(pauseMs);
    }
  }
}

function advice(text: string): string {
  if (/EACCES|EROFS|EPERM|permission denied|read-only/i.test(text)) {
    return (
      'Let the user that runs Grafana write there, or set data_path in [plugin.amiws-cdr-datasource] of ' +
      "Grafana's configuration to a folder where it can."
    );
  }
  if (/lock/i.test(text)) {
    return 'Another process holds the file: end it, or give each Grafana a data_path of its own.';
  }
  if (/ENOSPC|no space/i.test(text)) {
    return 'Free some space on that disk.';
  }
  return 'If the file is damaged, move it away: a new store begins, and the old file stays for repair.';
}
