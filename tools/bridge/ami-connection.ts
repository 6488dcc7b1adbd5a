import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { AmiBlocks } from '../../src/ami/ami-blocks';
import { AmiLogin } from '../../src/ami/ami-login';
import { readFields } from '../../src/ami/decode-block';
import { encodeAction } from '../../src/ami/encode-action';
import { readGreeting } from '../../src/ami/greeting';
import { english } from '../../src/sentences/english';

export interface AmiServer {
  /** Name that frames carry as `server_name`. */
  name: string;
  host: string;
  port: number;
  user: string;
  secret: string;
}

/** What one AMI message says. */
export type AmiMessage = Readonly<Record<string, string>>;

export interface AmiConnection {
  /** Sends an action, `Key: value` in order. */
  send: (action: AmiMessage) => void;
  close: () => void;
}

/**
 * Logs in to one PBX's AMI over TCP and passes on every message after the answer to the login. Unlike the data source's own
 * connection it passes on what nothing reads too, and sends whatever it is told to.
 * @throws Error when the PBX can't be reached or refuses the login
 */
export async function connectAmi(
  server: AmiServer,
  onMessage: (message: AmiMessage) => void,
  onClose: () => void = () => undefined
): Promise<AmiConnection> {
  const socket = connect(server.port, server.host);
  await once(socket, 'connect');
  socket.once('close', onClose);
  await listen(socket, server, onMessage);
  return { send: (action) => socket.write(encodeAction(action)), close: () => socket.destroy() };
}

function listen(socket: Socket, server: AmiServer, onMessage: (message: AmiMessage) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const { name, user, secret } = server;
    const login = new AmiLogin({ user, secret, isPrivate: true });
    let greeting: Buffer | null = Buffer.alloc(0);
    let isLoggedIn = false;

    const hear = (message: AmiMessage): void => {
      if (isLoggedIn) {
        onMessage(message);
      } else if (message.Response !== undefined) {
        const step = login.answered(message);
        if (step === 'logged in') {
          isLoggedIn = true;
          resolve();
        } else if ('send' in step) {
          socket.write(encodeAction(step.send));
        } else {
          reject(new Error(`${name} refused the AMI login of ${user}: ${english([step.failure.detail])}`));
        }
      }
    };
    const blocks = new AmiBlocks({
      block: (bytes) => hear(readFields(bytes)?.fields ?? {}),
      tooLarge: () => undefined,
    });
    const take = (packet: Buffer): void => {
      if (greeting === null) {
        blocks.push(packet);
        return;
      }
      greeting = Buffer.concat([greeting, packet]);
      const read = readGreeting(greeting);
      if (read !== null && 'wrong' in read) {
        reject(new Error(`${name} is ${read.wrong}.`));
        socket.destroy();
      } else if (read !== null) {
        greeting = null;
        socket.write(encodeAction(login.start));
        blocks.push(read.rest);
      }
    };
    socket.on('error', reject);
    socket.on('close', () => reject(new Error(`${name} closed the AMI connection before the login.`)));
    socket.on('data', take);
  });
}

/** Value of a key; empty where the message lacks it. */
export function valueOf(message: AmiMessage, key: string): string {
  return message[key] ?? '';
}
