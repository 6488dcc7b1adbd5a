import type { Socket } from 'node:net';
import type { Protocol } from './fake-database';

function message(type: string, ...parts: Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  return Buffer.concat([Buffer.from(type), int32(body.length + 4), body]);
}

function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
}

function int16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeInt16BE(value);
  return bytes;
}

const text = (value: string): Buffer => Buffer.from(`${value}\0`);
const ready = message('Z', Buffer.from('I'));
const complete = message('C', text('SELECT 1'));

/** The server's side of PostgreSQL's protocol; the first thing asked is the login. */
export const postgres: Protocol = (socket, ask) => {
  let bytes = Buffer.alloc(0);
  let isIn = false;
  socket.on('data', (more: Buffer) => {
    bytes = Buffer.concat([bytes, more]);
    for (;;) {
      const head = isIn ? 1 : 0;
      if (bytes.length < head + 4 || bytes.length < head + bytes.readInt32BE(head)) {
        return;
      }
      const type = isIn ? String.fromCharCode(bytes[0]!) : 'login';
      const body = bytes.subarray(head + 4, head + bytes.readInt32BE(head));
      bytes = bytes.subarray(head + 4 + body.length);
      isIn = true;
      if (type === 'login' || type === 'Q') {
        ask(type === 'Q' ? body.toString().replace('\0', '') : type);
      } else if (type === 'P') {
        ask(body.subarray(1).toString().split('\0', 1)[0]!);
      }
    }
  });
};

const row = (values: readonly string[]): Buffer =>
  message(
    'D',
    int16(values.length),
    ...values.flatMap((value) => [int32(Buffer.byteLength(value)), Buffer.from(value)])
  );

export const postgresAnswers = {
  login: (socket: Socket): void => void socket.write(Buffer.concat([message('R', int32(0)), ready])),
  done: (socket: Socket): void => void socket.write(Buffer.concat([complete, ready])),
  clearText: (socket: Socket): void => void socket.write(message('R', int32(3))),
  rows: (socket: Socket, columns: readonly string[], rows: ReadonlyArray<readonly string[]>, isEnd = true): void => {
    const fields = columns.flatMap((name) => [text(name), Buffer.alloc(6), int32(25), int16(-1), int32(-1), int16(0)]);
    const head = [message('1'), message('2'), message('T', int16(columns.length), ...fields)];
    socket.write(Buffer.concat([...head, ...rows.map(row), ...(isEnd ? [complete, ready] : [])]));
  },
  more: (values: readonly string[], rows: number): Buffer =>
    Buffer.concat(Array.from({ length: rows }, () => row(values))),
};
