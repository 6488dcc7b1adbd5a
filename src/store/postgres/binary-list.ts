import { wellFormed } from '../../cdr/well-formed';

interface ElementType<T> {
  /** Number of the type. Source: PostgreSQL, pg_type.dat. */
  oid: number;
  /** What a value takes at most. */
  mostBytes: (value: T) => number;
  /** Gives the place after the value. */
  write: (into: Buffer, value: T, at: number) => number;
}

const twoTo32 = 2 ** 32;

/** Types by the names that casts have. */
const elementTypes = {
  // A UTF-16 unit is three bytes at most.
  TEXT: { oid: 25, mostBytes: (text: string) => 3 * text.length, write: writeText },
  INTEGER: {
    oid: 23,
    mostBytes: () => 4,
    write: (into: Buffer, value: number, at: number) => into.writeInt32BE(value, at),
  },
  BIGINT: { oid: 20, mostBytes: () => 8, write: writeBigInt },
  'DOUBLE PRECISION': {
    oid: 701,
    mostBytes: () => 8,
    write: (into: Buffer, value: number, at: number) => into.writeDoubleBE(value, at),
  },
  BOOLEAN: {
    oid: 16,
    mostBytes: () => 1,
    write: (into: Buffer, value: boolean, at: number) => into.writeUInt8(Number(value), at),
  },
};

export type ElementName = keyof typeof elementTypes;

const lengthBytes = 4;
/** Of a value and its length. */
const usualBytes = 16;

/**
 * A list of a value of each row, some of them null, in the format that the server need not parse; pg sends it as it is. Of
 * texts, what PostgreSQL keeps in none is U+FFFD. Source: PostgreSQL, array_recv.
 *
 * @param rows one at least
 */
export function binaryList<T>(name: ElementName, rows: readonly T[], valueOf: (row: T) => unknown): Buffer {
  const { oid, mostBytes, write } = elementTypes[name] as ElementType<unknown>;
  // One dimension; nulls are possible; the type; so many, counted from 1.
  const header = [1, 1, oid, rows.length, 1];
  let list: Buffer = Buffer.allocUnsafe(lengthBytes * header.length + usualBytes * rows.length);
  let at = 0;
  for (const word of header) {
    at = list.writeInt32BE(word, at);
  }
  for (const row of rows) {
    const value = valueOf(row);
    const start = at + lengthBytes;
    const most = value === null ? start : start + mostBytes(value);
    if (most > list.length) {
      list = larger(list, most);
    }
    const end = value === null ? start : write(list, value, start);
    list.writeInt32BE(value === null ? -1 : end - start, at);
    at = end;
  }
  return list.subarray(0, at);
}

function larger(list: Buffer, bytes: number): Buffer {
  const copy = Buffer.allocUnsafe(Math.max(bytes, 2 * list.length));
  list.copy(copy);
  return copy;
}

/** Nearly all are short and of ASCII, which is written here sooner than by a call for each. */
function writeText(into: Buffer, text: string, at: number): number {
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    if (unit === 0 || unit > 0x7f) {
      return at + into.write(wellFormed(text), at);
    }
    into[at + index] = unit;
  }
  return at + text.length;
}

/** Without a bigint of each time. */
function writeBigInt(into: Buffer, value: number | bigint, at: number): number {
  if (typeof value === 'bigint') {
    return into.writeBigInt64BE(value, at);
  }
  const high = Math.floor(value / twoTo32);
  into.writeInt32BE(high, at);
  return into.writeUInt32BE(value - high * twoTo32, at + 4);
}
