import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ServerCredentials } from '@grpc/grpc-js';
import type { Server } from '@grpc/grpc-js';

/** Where the host finds the plugin, in the words of go-plugin's handshake. */
export interface Address {
  network: 'unix' | 'tcp';
  address: string;
  /** Removes what listening left on the disk. */
  remove(): Promise<void>;
}

type Environment = Record<string, string | undefined>;

/** Binds the server as go-plugin does: a Unix socket that only this user reaches, on Windows a local TCP port. */
export function listen(server: Server, platform = process.platform, env: Environment = process.env): Promise<Address> {
  return platform === 'win32' ? listenOnPort(server, env) : listenOnSocket(server, env);
}

/** The shortest of the limits on a socket's path (macOS: 104 bytes with the closing zero). */
const longestPath = 103;

async function listenOnSocket(server: Server, env: Environment): Promise<Address> {
  const folder = await mkdtemp(join(env.PLUGIN_UNIX_SOCKET_DIR || tmpdir(), 'plugin-'));
  const address = join(folder, 's');
  const remove = () => rm(folder, { recursive: true, force: true });
  try {
    if (Buffer.byteLength(address) > longestPath) {
      throw new Error(`A socket's path has ${longestPath} bytes at most, not ${address}: set TMPDIR to a shorter one`);
    }
    await bind(server, `unix:${address}`);
  } catch (error) {
    await remove();
    throw error;
  }
  return { network: 'unix', address, remove };
}

async function listenOnPort(server: Server, env: Environment): Promise<Address> {
  const [first, last] = [Number(env.PLUGIN_MIN_PORT || 0), Number(env.PLUGIN_MAX_PORT || 0)];
  for (let port = first; port <= last; port++) {
    try {
      const bound = await bind(server, `127.0.0.1:${port}`);
      return { network: 'tcp', address: `127.0.0.1:${bound}`, remove: async () => {} };
    } catch {
      // Taken by somebody else: the next one.
    }
  }
  throw new Error(`No free port on 127.0.0.1 from PLUGIN_MIN_PORT ${first} to PLUGIN_MAX_PORT ${last}`);
}

function bind(server: Server, address: string): Promise<number> {
  return promisify<string, ServerCredentials, number>(server.bindAsync.bind(server))(
    address,
    ServerCredentials.createInsecure()
  );
}
