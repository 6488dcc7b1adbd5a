import { copyFile, readdir, rename, rm, stat, truncate } from 'node:fs/promises';
import path from 'node:path';

/** Where DuckDB says that the log's first damaged entry begins; its length and checksum, 8 bytes each, stand before. */
const damagedEntry = /replaying WAL.*entry at byte position (\d+)/s;
const entryHead = 16;

/** Copies of damaged logs that are kept of a file, the newest. Each may have some ten megabytes. */
const mostCopies = 2;

/** Where the log of a file stands, which holds what was written since the file itself was. */
export function logOf(file: string): string {
  return `${file}.wal`;
}

/** Names of the copies of damaged logs that are kept beside a file, the newest last. */
export async function keptLogsOf(file: string): Promise<string[]> {
  const names = await readdir(path.dirname(file)).catch(() => []);
  return names.filter((name) => name.startsWith(copyName(path.basename(file), ''))).sort();
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
  const keptLog = await copyLog(file);
  let opened: T;
  try {
    opened = await openReadable(file, damage, open);
  } catch {
    await rename(keptLog, logOf(file));
    throw damage;
  }
  await removeOlderCopies(file);
  return { opened, keptLog };
}

/** Opens a file with its log up to the damage, or without it. */
async function openReadable<T>(file: string, damage: unknown, open: () => Promise<T>): Promise<T> {
  const log = logOf(file);
  const position = damagedEntry.exec(String(damage))?.[1];
  if (position) {
    await truncate(log, Number(position) - entryHead);
    try {
      return await open();
    } catch {
      // What can be read makes no sense either.
    }
  }
  await rm(log);
  return open();
}

/**
 * Copies the log of a file, before something is written to it.
 * @returns the copy, or null where there is no log
 */
export async function keepLog(file: string): Promise<string | null> {
  const size = await stat(logOf(file)).then(
    ({ size }) => size,
    () => 0
  );
  if (size === 0) {
    return null;
  }
  const copy = await copyLog(file);
  await removeOlderCopies(file);
  return copy;
}

function copyName(file: string, time: string): string {
  return `${logOf(file)}.damaged-${time}`;
}

async function copyLog(file: string): Promise<string> {
  const copy = copyName(file, new Date().toISOString().replace(/[:.]/g, '-'));
  await copyFile(logOf(file), copy);
  return copy;
}

/** One that can't be removed is left for the next time. */
async function removeOlderCopies(file: string): Promise<void> {
  const older = (await keptLogsOf(file)).slice(0, -mostCopies);
  await Promise.allSettled(older.map((name) => rm(path.join(path.dirname(file), name))));
}
