import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';

/** What a fake database does with what it is sent. */
export interface FakeDatabase {
  port: number;
  /** All bytes that it was sent. */
  received: () => string;
  /** Resolves once a statement that begins so was asked; `login` for the login. */
  asked: (statement: string) => Promise<void>;
  close: () => void;
}

/** Answers one statement, or the login; whoever does nothing is silent. */
export type Answer = (statement: string, socket: Socket) => void;

/** One that takes the bytes of a connection and tells `ask` of each statement. */
export type Protocol = (socket: Socket, ask: (statement: string) => void) => void;

/** A server on this machine that answers as a test wants it to. */
export async function startFakeDatabase(speak: Protocol, answer: Answer): Promise<FakeDatabase> {
  const sockets = new Set<Socket>();
  const statements: string[] = [];
  const waiting: Array<() => void> = [];
  let received = '';
  // It does not even close a connection that the other side has ended.
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('data', (bytes: Buffer) => (received += bytes.toString('latin1')));
    speak(socket, (statement) => {
      statements.push(statement);
      waiting.forEach((look) => look());
      answer(statement, socket);
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as { port: number }).port,
    received: () => received,
    asked: (statement) =>
      new Promise((resolve) => {
        const look = (): void => (statements.some((one) => one.startsWith(statement)) ? resolve() : undefined);
        waiting.push(look);
        look();
      }),
    close: () => {
      sockets.forEach((socket) => socket.destroy());
      server.close();
    },
  };
}

/** Writes without end, as fast as it is taken, until the other side closes. */
export function flood(socket: Socket, bytes: Buffer): void {
  const write = (): void => {
    while (!socket.destroyed && socket.write(bytes));
  };
  socket.on('drain', write);
  write();
}
