import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { parseAmi, type AmiMessage } from './parse-ami';

export interface AmiServer {
  /** Name that frames carry as `server_name`. */
  name: string;
  host: string;
  port: number;
  user: string;
  secret: string;
}

export interface AmiConnection {
  /** Sends an action, `Key: value` in order. */
  send: (action: Readonly<Record<string, string>>) => void;
  close: () => void;
}

/**
 * Logs in to one PBX's AMI over TCP and passes on every message after the answer to the login.
 * @throws Error when the PBX can't be reached or refuses the login
 */
export async function connectAmi(
  server: AmiServer,
  onMessage: (message: AmiMessage) => void,
  onClose: () => void = () => undefined
): Promise<AmiConnection> {
  const socket = connect(server.port, server.host);
  await once(socket, 'connect');
  const loggedIn = listen(socket, server, onMessage);
  socket.once('close', onClose);
  const send: AmiConnection['send'] = (action) => socket.write(encode(action));
  send({ Action: 'Login', Username: server.user, Secret: server.secret, Events: 'on' });
  await loggedIn;
  return { send, close: () => socket.destroy() };
}

function listen(socket: Socket, server: AmiServer, onMessage: (message: AmiMessage) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    let rest: Buffer = Buffer.alloc(0);
    let isGreeted = false;
    let isLoggedIn = false;
    socket.on('error', reject);
    socket.on('close', () => reject(new Error(`${server.name} closed the AMI connection before the login.`)));
    socket.on('data', (packet) => {
      rest = Buffer.concat([rest, packet]);
      if (!isGreeted) {
        const end = rest.indexOf('\r\n');
        if (end < 0) {
          return;
        }
        isGreeted = true;
        rest = rest.subarray(end + 2);
      }
      const parsed = parseAmi(rest);
      rest = parsed.rest;
      for (const message of parsed.messages) {
        if (isLoggedIn) {
          onMessage(message);
        } else if (valueOf(message, 'Response') === 'Success') {
          isLoggedIn = true;
          resolve();
        } else if (valueOf(message, 'Response') === 'Error') {
          reject(new Error(`${server.name} refused the AMI login of ${server.user}: ${valueOf(message, 'Message')}.`));
        }
      }
    });
  });
}

/** First value of a key; empty where the message lacks it. */
export function valueOf(message: AmiMessage, key: string): string {
  return message.find(([name]) => name === key)?.[1] ?? '';
}

function encode(action: Readonly<Record<string, string>>): string {
  const lines = Object.entries(action).map(([key, value]) => `${key}: ${value.replace(/[\r\n]/g, ' ')}`);
  return `${lines.join('\r\n')}\r\n\r\n`;
}
