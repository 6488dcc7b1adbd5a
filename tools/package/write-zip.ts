import { createWriteStream, readdirSync, statSync } from 'node:fs';
import { basename, join, relative, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';

/** Packs a folder, which becomes the only entry at the top of the zip. Executables stay so, for all who unpack it. */
export async function writeZip(folder: string, file: string): Promise<void> {
  const zip = new ZipFile();
  for (const path of filesOf(folder)) {
    const { mode, mtime } = statSync(path);
    const name = join(basename(folder), relative(folder, path)).replaceAll(sep, '/');
    zip.addFile(path, name, { mode: mode & 0o100 ? 0o100755 : 0o100644, mtime });
  }
  zip.end();
  await pipeline(zip.outputStream, createWriteStream(file));
}

function filesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .sort();
}
