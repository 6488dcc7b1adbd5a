import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';

export interface FakeAmiOptions {
  secret?: string;
  /** Whether it offers a login by a challenge. */
  challenges?: boolean;
  /** Whether it refuses each login and says back what it was sent. */
  repeats?: boolean;
  /** What it greets with. */
  greeting?: string;
  /** Certificate and key of TLS. */
  tls?: { cert: string; key: string };
  /** Whether it lets in no more than one at a time (`allowmultiplelogin = no`). */
  single?: boolean;
  port?: number;
  /** How far its clock is ahead of ours, milliseconds. */
  clockOffsetMs?: number;
  /** Events that follow a login. */
  events?: readonly string[];
}

/** A PBX in the place of Asterisk, which answers as its main/manager.c does. */
export interface FakeAmi {
  port: number;
  /** All that was sent to it, connection after connection. */
  received: string[];
  /** Sends this to all who are logged in. */
  say: (text: string) => void;
  /** Resolves once no more than a socket's own buffer waits to be read by those who are logged in. */
  taken: () => Promise<void>;
  /** Ends all connections; new ones are taken. */
  cut: () => void;
  close: () => Promise<void>;
}

export async function startFakeAmi(options: FakeAmiOptions = {}): Promise<FakeAmi> {
  const {
    secret = 'secret',
    challenges = true,
    repeats = false,
    single = false,
    greeting = 'Asterisk Call Manager/9.0.0\r\n',
    tls,
    port = 0,
  } = options;
  const { clockOffsetMs = 0, events = ['Event: FullyBooted\r\nUptime: 5000\r\nStatus: Fully Booted\r\n\r\n'] } =
    options;
  const received: string[] = [];
  const sockets = new Set<Socket>();
  const loggedIn = new Set<Socket>();

  const answer = (socket: Socket, action: string): void => {
    received.push(action);
    const field = (name: string): string => new RegExp(`^${name}: (.*)$`, 'm').exec(action)?.[1]?.trim() ?? '';
    const id = field('ActionID') === '' ? '' : `ActionID: ${field('ActionID')}\r\n`;
    const reply = (text: string): void => void socket.write(`${text}\r\n${id}\r\n`);
    switch (field('Action')) {
      case 'Challenge':
        return reply(
          challenges ? 'Response: Success\r\nChallenge: 123456' : 'Response: Error\r\nMessage: Must specify AuthType'
        );
      case 'Login': {
        if (single && loggedIn.size > 0) {
          reply('Response: Error\r\nMessage: Login Already In Use');
          socket.end();
          return;
        }
        if (repeats) {
          reply(`Response: Error\r\nMessage: ${action.replaceAll('\r\n', ' ')}`);
          socket.end();
          return;
        }
        const key = createHash('md5').update(`123456${secret}`).digest('hex');
        if (field('Key') !== key && field('Secret') !== secret) {
          reply('Response: Error\r\nMessage: Authentication failed');
          socket.end();
          return;
        }
        reply('Response: Success\r\nMessage: Authentication accepted');
        loggedIn.add(socket);
        events.forEach((event) => socket.write(event));
        return;
      }
      case 'Ping':
        return reply(
          `Response: Success\r\nPing: Pong\r\nTimestamp: ${((Date.now() + clockOffsetMs) / 1000).toFixed(6)}`
        );
      case 'QueueStatus':
        reply('Response: Success\r\nEventList: start\r\nMessage: Queue status will follow');
        return reply('Event: QueueStatusComplete\r\nEventList: Complete\r\nListItems: 0');
      case 'Logoff':
        reply('Response: Goodbye\r\nMessage: Thanks for all the fish.');
        socket.end();
        return;
      default:
        return reply('Response: Error\r\nMessage: Invalid/unknown command');
    }
  };

  const hear = (socket: Socket): void => {
    let text = '';
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => loggedIn.delete(socket));
    socket.on('data', (packet) => {
      const actions = `${text}${packet.toString()}`.split('\r\n\r\n');
      text = actions.pop()!;
      actions.forEach((action) => answer(socket, action));
    });
    if (greeting !== '') {
      socket.write(greeting);
    }
  };

  const server = tls ? createTlsServer(tls, hear) : createServer(hear);
  server.on('tlsClientError', () => undefined);
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    received,
    say: (text) => loggedIn.forEach((socket) => socket.write(text, 'latin1')),
    taken: async () => {
      for (const socket of loggedIn) {
        if (socket.writableNeedDrain) {
          await drained(socket);
        }
      }
    },
    cut: () => sockets.forEach((socket) => socket.destroy()),
    close: async () => {
      sockets.forEach((socket) => socket.destroy());
      server.close();
      await once(server, 'close');
    },
  };
}

/** Or gone. */
const drained = (socket: Socket): Promise<void> =>
  new Promise((resolve) => {
    const done = (): void => {
      socket.off('drain', done).off('close', done);
      resolve();
    };
    socket.on('drain', done).on('close', done);
  });
