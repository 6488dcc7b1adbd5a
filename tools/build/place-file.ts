import { copyFileSync, linkSync, mkdirSync, rmSync, statSync, utimesSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Puts the file `from` at `to` unless it is there already. The big files (the runtime, DuckDB) are linked where the
 * file system can, so that a build neither copies nor doubles 200 MB.
 */
export function placeFile(from: string, to: string): void {
  const source = statSync(from);
  const present = statSync(to, { throwIfNoEntry: false });
  if (present && present.size === source.size && present.mtimeMs === source.mtimeMs) {
    return;
  }
  mkdirSync(dirname(to), { recursive: true });
  rmSync(to, { force: true });
  try {
    linkSync(from, to);
  } catch {
    copyFileSync(from, to);
    utimesSync(to, source.atime, source.mtime);
  }
}
