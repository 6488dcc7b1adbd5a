import { createHash } from 'node:crypto';
import { readdir, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { parseQueueLogLine } from '../cdr/queue-log-line';
import { openCsvFile } from './csv-file';
import { linesOf } from './log-lines';

/** Rotated files that are read at most, the newest. */
const mostFiles = 1_000;
/** Lines in which one of a queue_log is sought. */
const firstLines = 100;
/** How a rotated file is called: `.1`, `.2.gz`, `-20261124`, `-20261124.gz`, `.1795636024`. */
const rotated = /^[.-]\d{1,14}(\.gz)?$/;

/** A file of the queue_log, the one that is written or one that was rotated. */
export interface LogFile {
  /** Path as `openCsvFile` takes it. */
  path: string;
  /** The same whatever it is called and whether it is packed: of its first line. */
  fingerprint: string;
  /** Of its first line, epoch milliseconds. */
  since: number;
  isPacked: boolean;
}

/**
 * The queue_log and what of it was rotated, the oldest first. A file that is there twice, as while it is packed, is named
 * once.
 *
 * @param folder the allowed folder; undefined where none is
 * @throws ImportError when the file itself can't be opened
 */
export async function logFiles(folder: string | undefined, file: string): Promise<LogFile[]> {
  await close(await openCsvFile(folder, file));
  const base = path.basename(file);
  const names = await readdir(path.dirname(path.resolve(folder!, file)));
  const kept = names.filter((name) => name.startsWith(base) && rotated.test(name.slice(base.length)));
  const paths = [base, ...kept.sort(new Intl.Collator('en', { numeric: true }).compare).slice(0, mostFiles)];
  const found = new Map<string, LogFile>();
  for (const name of paths) {
    const log = await describe(folder, path.join(path.dirname(file), name));
    if (log && (!found.has(log.fingerprint) || !log.isPacked)) {
      found.set(log.fingerprint, log);
    }
  }
  return [...found.values()].sort((a, b) => a.since - b.since);
}

/** Null for a file that has no line yet, or none of a queue_log. */
async function describe(folder: string | undefined, file: string): Promise<LogFile | null> {
  const handle = await openCsvFile(folder, file).catch(() => null);
  if (!handle) {
    return null;
  }
  const isPacked = file.endsWith('.gz');
  let first: string | null = null;
  let seen = 0;
  try {
    for await (const { text } of linesOf(handle, { isPacked, from: 0, isWritten: !isPacked })) {
      first ??= text;
      const line = text === null ? null : parseQueueLogLine(text);
      if (line) {
        const fingerprint = createHash('sha256')
          .update(first ?? text ?? '')
          .digest('hex')
          .slice(0, 16);
        return { path: file, fingerprint, since: Number(line.time) * 1000, isPacked };
      }
      if (++seen >= firstLines) {
        break;
      }
    }
    return null;
  } finally {
    await close(handle);
  }
}

async function close(handle: FileHandle): Promise<void> {
  await handle.close().catch(() => undefined);
}
