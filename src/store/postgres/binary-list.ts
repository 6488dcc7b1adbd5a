interface ElementType<T> {
  /** Number of the type. Source: PostgreSQL, pg_type.dat. */
  oid: number;
  bytesOf: (value: T) => number;
  write: (into: Buffer, value: T, at: number) => unknown;
}

/** Types by the names that casts have. */
const elementTypes = {
  TEXT: {
    oid: 25,
    bytesOf: (text: string) => Buffer.byteLength(text),
    write: (into: Buffer, text: string, at: number) => into.write(text, at),
  },
  INTEGER: {
    oid: 23,
    bytesOf: () => 4,
    write: (into: Buffer, value: number, at: number) => into.writeInt32BE(value, at),
  },
  BIGINT: {
    oid: 20,
    bytesOf: () => 8,
    write: (into: Buffer, value: number | bigint, at: number) => into.writeBigInt64BE(BigInt(value), at),
  },
  'DOUBLE PRECISION': {
    oid: 701,
    bytesOf: () => 8,
    write: (into: Buffer, value: number, at: number) => into.writeDoubleBE(value, at),
  },
  BOOLEAN: {
    oid: 16,
    bytesOf: () => 1,
    write: (into: Buffer, value: boolean, at: number) => into.writeUInt8(Number(value), at),
  },
};

export type ElementName = keyof typeof elementTypes;

const lengthBytes = 4;

/**
 * A list of values, some of them null, in the format that the server need not parse; pg sends it as it is. Source:
 * PostgreSQL, array_recv.
 *
 * @param values one at least
 */
export function binaryList(name: ElementName, values: readonly unknown[]): Buffer {
  const { oid, bytesOf, write } = elementTypes[name] as ElementType<unknown>;
  // One dimension; nulls are possible; the type; so many, counted from 1.
  const header = [1, 1, oid, values.length, 1];
  const sizes = values.map((value) => (value === null ? -1 : bytesOf(value)));
  const bytes = sizes.reduce((sum, size) => sum + lengthBytes + Math.max(0, size), lengthBytes * header.length);
  const list = Buffer.allocUnsafe(bytes);
  let at = 0;
  for (const word of header) {
    at = list.writeInt32BE(word, at);
  }
  sizes.forEach((size, index) => {
    at = list.writeInt32BE(size, at);
    if (size >= 0) {
      write(list, values[index], at);
      at += size;
    }
  });
  return list;
}
