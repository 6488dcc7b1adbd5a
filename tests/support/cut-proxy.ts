import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A way to a server that a test can cut. */
export interface CutProxy {
  port: number;
  /** Breaks all connections; new ones are taken. */
  cut: () => void;
  /** Breaks those through which neither end sent anything since this was asked last, as a proxy does with idle connections. */
  cutIdle: () => void;
  /** Breaks the next connection that says `text` once that has reached the server, and before the answer comes back. */
  cutAfter: (text: string) => void;
  /** False once `cutAfter` has cut. */
  readonly isArmed: boolean;
  /** Bytes go nowhere any more, either way, and nobody is told. */
  hang: (isHanging: boolean) => void;
  /** New connections lead to another server from now on. */
  lead: (to: number) => void;
  close: () => Promise<void>;
}

export async function startCutProxy(first: number): Promise<CutProxy> {
  let to = first;
  const sockets = new Set<Socket>();
  const nears = new Set<Socket>();
  const busy = new WeakSet<Socket>();
  let armed: string | null = null;
  let isHanging = false;
  const server = createServer((near) => {
    const far = connect(to, '127.0.0.1');
    nears.add(near);
    near.on('close', () => nears.delete(near));
    for (const [from, into] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from);
      from.on('error', () => undefined);
      from.on('close', () => into.destroy());
      from.on('data', (bytes) => {
        busy.add(near);
        if (isHanging) {
          return;
        }
        if (from === near && armed !== null && bytes.includes(armed)) {
          armed = null;
          far.removeAllListeners('data');
          // The server's answer says that it did what it was told.
          far.once('data', () => far.destroy());
        }
        into.write(bytes);
      });
    }
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const cut = (): void => sockets.forEach((socket) => socket.destroy());
  return {
    port: (server.address() as AddressInfo).port,
    cut,
    cutIdle: () => {
      nears.forEach((near) => busy.delete(near) || near.destroy());
    },
    cutAfter: (text) => (armed = text),
    get isArmed() {
      return armed !== null;
    },
    hang: (value) => (isHanging = value),
    lead: (port) => (to = port),
    close: async () => {
      cut();
      server.close();
      await once(server, 'close');
    },
  };
}
