import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import { amiwsFrame } from './amiws-frame';
import { connectAmi, type AmiConnection, type AmiServer } from './ami-connection';

export interface BridgeOptions {
  servers: readonly AmiServer[];
  /** Port on 127.0.0.1; any free one unless given. */
  port?: number;
}

export interface Bridge {
  url: string;
  close: () => void;
}

/** Actions that a client may send: both only read. */
const allowed = new Set(['Ping', 'QueueStatus']);

/**
 * Speaks amiws' wire on a WebSocket for PBXes whose AMI it reads over TCP. Unlike amiws it passes on no action but Ping
 * and QueueStatus. Where a PBX ends the connection, it is opened again.
 */
export async function startBridge({ servers, port = 0 }: BridgeOptions): Promise<Bridge> {
  const sockets = new WebSocketServer({ host: '127.0.0.1', port });
  await once(sockets, 'listening');
  const connections: AmiConnection[] = [];
  for (const [index, server] of servers.entries()) {
    connections.push(
      await connectAmi(server, (message) => {
        const frame = amiwsFrame(index + 1, server.name, message);
        sockets.clients.forEach((socket) => socket.send(frame));
      })
    );
  }
  sockets.on('connection', (socket) =>
    socket.on('message', (data) => {
      const action = readAction(String(data));
      if (action) {
        connections.forEach((connection) => connection.send(action));
      }
    })
  );
  return {
    url: `ws://127.0.0.1:${(sockets.address() as AddressInfo).port}`,
    close: () => {
      connections.forEach((connection) => connection.close());
      sockets.clients.forEach((socket) => socket.terminate());
      sockets.close();
    },
  };
}

function readAction(text: string): Record<string, string> | null {
  try {
    const { Action, ActionID } = JSON.parse(text) as Record<string, unknown>;
    return typeof Action === 'string' && allowed.has(Action)
      ? { Action, ...(typeof ActionID === 'string' ? { ActionID } : {}) }
      : null;
  } catch {
    return null;
  }
}
