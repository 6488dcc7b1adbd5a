import type { FileHandle } from 'node:fs/promises';
import { createGunzip } from 'node:zlib';
import { decodeText } from '../cdr/decode-text';

/** No line is longer. Bytes. */
const longestLine = 64 * 1024;
const newline = 10;

export interface LogLine {
  /** Null for one that is too long, or cut. */
  text: string | null;
  /** Where the next one begins, in bytes of the unpacked file. */
  end: number;
}

export interface LineRange {
  isPacked: boolean;
  /** Bytes of the unpacked file that are left out. */
  from: number;
  /** The last line may still be written: one without an end is left for the next reading. Else it is cut. */
  isWritten: boolean;
}

/** The lines of a file, packed with gzip or not. A packed file that is cut or damaged ends where it is. */
export async function* linesOf(file: FileHandle, { isPacked, from, isWritten }: LineRange): AsyncGenerator<LogLine> {
  let rest = Buffer.alloc(0);
  let at = from;
  let isTooLong = false;
  for await (const bytes of bytesOf(file, isPacked, from)) {
    let begin = 0;
    for (let end = bytes.indexOf(newline); end >= 0; end = bytes.indexOf(newline, begin)) {
      const line = Buffer.concat([rest, bytes.subarray(begin, end)]);
      at += line.length + 1;
      yield { text: isTooLong || line.length > longestLine ? null : textOf(line), end: at };
      [rest, begin, isTooLong] = [Buffer.alloc(0), end + 1, false];
    }
    rest = Buffer.concat([rest, bytes.subarray(begin)]);
    if (rest.length > longestLine) {
      at += rest.length;
      [rest, isTooLong] = [Buffer.alloc(0), true];
    }
  }
  if ((rest.length > 0 || isTooLong) && !isWritten) {
    yield { text: null, end: at + rest.length };
  }
}

async function* bytesOf(file: FileHandle, isPacked: boolean, from: number): AsyncGenerator<Buffer> {
  const options = { autoClose: false, start: isPacked ? 0 : from };
  const stored = file.createReadStream(options);
  const stream = isPacked ? stored.pipe(createGunzip()) : stored;
  stored.on('error', (error) => stream.destroy(error));
  let skipped = isPacked ? from : 0;
  try {
    for await (const bytes of stream as AsyncIterable<Buffer>) {
      const skip = Math.min(skipped, bytes.length);
      skipped -= skip;
      yield bytes.subarray(skip);
    }
  } catch (error) {
    if (!isDamage(error)) {
      throw error;
    }
  } finally {
    stored.destroy();
    stream.destroy();
  }
}

/** What zlib says of bytes that it can't unpack. */
const isDamage = (error: unknown): boolean => String((error as NodeJS.ErrnoException).code).startsWith('Z_');

function textOf(line: Buffer): string {
  return decodeText(line.at(-1) === 13 ? line.subarray(0, -1) : line);
}
