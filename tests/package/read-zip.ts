import { mkdirSync, createWriteStream } from 'node:fs';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { openPromise, type Entry, type ZipFile } from 'yauzl';

/** A file in a zip, with the mode that it had on the disk. */
export interface PackedFile {
  name: string;
  bytes: number;
  mode: number;
  read: () => Promise<Readable>;
}

/** The entries of a zip in their order. Whoever reads none of them still has to close it. */
export async function readZip(file: string): Promise<{ files: PackedFile[]; close: () => void }> {
  const zip: ZipFile = await openPromise(file, { autoClose: false, lazyEntries: true });
  const files: PackedFile[] = [];
  for await (const entry of zip.eachEntry() as AsyncIterable<Entry>) {
    files.push({
      name: entry.fileName,
      bytes: entry.uncompressedSize,
      mode: entry.externalFileAttributes >>> 16,
      read: () => zip.openReadStreamPromise(entry),
    });
  }
  return { files, close: () => zip.close() };
}

/** Unpacks a zip as Grafana does: with the modes that are told in it. */
export async function unpackZip(file: string, folder: string): Promise<void> {
  const { files, close } = await readZip(file);
  for (const { name, mode, read } of files) {
    const place = path.join(folder, name);
    mkdirSync(path.dirname(place), { recursive: true });
    await pipeline(await read(), createWriteStream(place, { mode: mode & 0o777 }));
  }
  close();
}
