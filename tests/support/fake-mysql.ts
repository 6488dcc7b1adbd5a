import type { Socket } from 'node:net';
import type { Protocol } from './fake-database';

const query = 3;
/** PROTOCOL_41, SECURE_CONNECTION, PLUGIN_AUTH, CONNECT_WITH_DB, LONG_PASSWORD, TRANSACTIONS. */
const capabilities = 0x200 | 0x8000 | 0x80000 | 8 | 1 | 0x2000;

export function packet(sequence: number, payload: Buffer): Buffer {
  const head = Buffer.alloc(4);
  head.writeUIntLE(payload.length, 0, 3);
  head[3] = sequence;
  return Buffer.concat([head, payload]);
}

const text = (value: string): Buffer => Buffer.concat([Buffer.from([value.length]), Buffer.from(value)]);
const ok = Buffer.from([0, 0, 0, 2, 0, 0, 0]);
const eof = Buffer.from([0xfe, 0, 0, 2, 0]);

function greeting(): Buffer {
  const flags = Buffer.alloc(4);
  flags.writeUInt32LE(capabilities);
  return Buffer.concat([
    Buffer.from('\x0a8.0.0\0\x01\0\0\0abcdefgh\0', 'latin1'),
    flags.subarray(0, 2),
    Buffer.from([45, 2, 0]),
    flags.subarray(2),
    Buffer.from([21]),
    Buffer.alloc(10),
    Buffer.from('ijklmnopqrst\0mysql_native_password\0', 'latin1'),
  ]);
}

/** The server's side of MySQL's protocol; the first thing asked is the login. */
export const mysql: Protocol = (socket, ask) => {
  let bytes = Buffer.alloc(0);
  let isIn = false;
  socket.write(packet(0, greeting()));
  socket.on('data', (more: Buffer) => {
    bytes = Buffer.concat([bytes, more]);
    while (bytes.length >= 4 && bytes.length >= 4 + bytes.readUIntLE(0, 3)) {
      const payload = bytes.subarray(4, 4 + bytes.readUIntLE(0, 3));
      bytes = bytes.subarray(4 + payload.length);
      if (!isIn) {
        isIn = true;
        ask('login');
      } else if (payload[0] === query) {
        ask(payload.subarray(1).toString());
      }
    }
  });
};

export const mysqlAnswers = {
  login: (socket: Socket): void => void socket.write(packet(2, ok)),
  done: (socket: Socket): void => void socket.write(packet(1, ok)),
  clearText: (socket: Socket): void =>
    void socket.write(packet(2, Buffer.from('\xfemysql_clear_password\0\0', 'latin1'))),
  rows: (socket: Socket, columns: readonly string[], rows: ReadonlyArray<readonly string[]>, isEnd = true): void => {
    let sequence = 1;
    const next = (payload: Buffer): Buffer => packet(sequence++ % 256, payload);
    const fields = columns.map((name) =>
      Buffer.concat([
        ...['def', '', '', '', name, name].map(text),
        Buffer.from([0x0c, 45, 0, 255, 0, 0, 0, 253, 0, 0, 0, 0, 0]),
      ])
    );
    const body = rows.map((row) => Buffer.concat(row.map(text)));
    const all = [Buffer.from([columns.length]), ...fields, eof, ...body, ...(isEnd ? [eof] : [])];
    socket.write(Buffer.concat(all.map(next)));
  },
  /** So many more rows of the same, after one row; they can be sent again and again where they are 256. */
  more: (row: readonly string[], rows: number): Buffer =>
    Buffer.concat(
      Array.from({ length: rows }, (_, n) => packet((row.length + 4 + n) % 256, Buffer.concat(row.map(text))))
    ),
};
