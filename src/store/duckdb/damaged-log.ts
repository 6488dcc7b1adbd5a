import { copyFile, rename, rm, stat, truncate } from 'node:fs/promises';

/** Where DuckDB says that the log's first damaged entry begins; its length and checksum, 8 bytes each, stand before. */
const damagedEntry = /replaying WAL.*entry at byte position (\d+)/s;
const entryHead = 16;

/** Where the log of a file stands, which holds what was written since the file itself was. */
export function logOf(file: string): string {
  return `${file}.wal`;
}

/** True for the error of a file whose log can't be read. */
export function isDamagedLog(error: unknown): boolean {
  return /replaying WAL/.test(String(error));
}

/**
 * Opens a file whose log is damaged with as much of the log as can be read. The log as it was is kept beside the file.
 *
 * @param damage what opening the file with its log failed with; thrown again where the file itself is damaged
 * @param open opens the file
 */
export async function openWithoutDamage<T>(
  file: string,
  damage: unknown,
  open: () => Promise<T>
): Promise<{ opened: T; keptLog: string }> {
  const log = logOf(file);
  const keptLog = await keepCopy(log);
  const position = damagedEntry.exec(String(damage))?.[1];
  if (position) {
    await truncate(log, Number(position) - entryHead);
    try {
      return { opened: await open(), keptLog };
    } catch {
      // What can be read makes no sense either.
    }
  }
  await rm(log);
  try {
    return { opened: await open(), keptLog };
  } catch {
    await rename(keptLog, log);
    throw damage;
  }
}

/**
 * Copies the log of a file, before something is written to it.
 * @returns the copy, or null where there is no log
 */
export async function keepLog(file: string): Promise<string | null> {
  const log = logOf(file);
  const size = await stat(log).then(
    ({ size }) => size,
    () => 0
  );
  return size > 0 ? keepCopy(log) : null;
}

async function keepCopy(log: string): Promise<string> {
  const copy = `${log}.damaged-${new Date().toISOString().replace(/[:.]/g, '-')}`;
  await copyFile(log, copy);
  return copy;
}
