import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';

export interface FakeAmiws {
  url: string;
  /** What its clients sent. */
  received: string[];
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

function frameText(id: number, name: string, type: number, data: Record<string, string>): string {
  return JSON.stringify({ type, server_id: id, server_name: name, ssl: false, data });
}

let sequence = 0;

/** A Cdr frame of an answered call of 10 s that ends now. */
export function cdrFrame(overrides: Record<string, string> = {}, server = 'pbx-east'): string {
  const start = Math.floor(Date.now() / 1000) - 10;
  const wall = (seconds: number): string => new Date(seconds * 1000).toISOString().slice(0, 19).replace('T', ' ');
  const id = `${start}.${sequence++}`;
  return frameText(1, server, 3, {
    Event: 'Cdr',
    Privilege: 'cdr,all',
    AccountCode: '',
    Source: '5551234',
    Destination: '100',
    DestinationContext: 'from-trunk',
    CallerID: '"Ann" <5551234>',
    Channel: 'PJSIP/trunk-acme-00000001',
    DestinationChannel: 'PJSIP/1001-00000002',
    LastApplication: 'Dial',
    LastData: 'PJSIP/1001,20',
    StartTime: wall(start),
    AnswerTime: wall(start + 2),
    EndTime: wall(start + 10),
    Duration: '10',
    BillableSeconds: '8',
    Disposition: 'ANSWERED',
    AMAFlags: 'DOCUMENTATION',
    UniqueID: id,
    UserField: '',
    LinkedID: id,
    Sequence: String(sequence),
    ...overrides,
  });
}
