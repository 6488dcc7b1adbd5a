import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import { frameText } from './cdr-frame';

export interface FakeAmiws {
  url: string;
  /** What its clients sent. */
  received: string[];
  /** Clients that are connected now. */
  readonly connections: number;
  /** Clients that were connected so far. */
  readonly accepted: number;
  send: (frame: string | Uint8Array) => void;
  /** Resolves when a client is connected. */
  connected: () => Promise<void>;
  close: () => Promise<void>;
}

/** amiws as far as a client can tell: it answers Pings for its servers, by their clocks, and sends what a test gives it. */
export async function startFakeAmiws(
  servers: readonly string[],
  { clockOffsetMs = 0, port = 0 } = {}
): Promise<FakeAmiws> {
  const server = new WebSocketServer({ host: '127.0.0.1', port });
  await new Promise((resolve) => server.once('listening', resolve));
  const received: string[] = [];
  let accepted = 0;
  server.on('connection', () => accepted++);
  server.on('connection', (socket) =>
    socket.on('message', (data) => {
      const text = String(data);
      received.push(text);
      const { ActionID = '' } = JSON.parse(text) as { ActionID?: string };
      servers.forEach((name, index) =>
        socket.send(
          frameText(index + 1, name, 4, {
            Response: 'Success',
            ActionID,
            Ping: 'Pong',
            Timestamp: String((Date.now() + clockOffsetMs) / 1000),
          })
        )
      );
    })
  );
  return {
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    get connections() {
      return server.clients.size;
    },
    get accepted() {
      return accepted;
    },
    send: (frame) => server.clients.forEach((socket) => socket.send(frame, { binary: false })),
    connected: async () => {
      while (server.clients.size === 0) {
        await new Promise((resolve) => server.once('connection', resolve));
      }
    },
    close: () =>
      new Promise((resolve) => {
        server.clients.forEach((socket) => socket.terminate());
        server.close(() => resolve());
      }),
  };
}
