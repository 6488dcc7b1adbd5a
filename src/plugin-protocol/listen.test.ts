import { existsSync, statSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { logVerbosity, Server, setLogVerbosity } from '@grpc/grpc-js';
import { itWhere } from '../../tests/support/describe-where';
import { posix } from '../../tools/test/needs';
import { listen } from './listen';

describe('listen', () => {
  let server: Server;
  // It tells the console of each port that is taken.
  beforeAll(() => setLogVerbosity(logVerbosity.NONE));
  beforeEach(() => (server = new Server()));
  afterEach(() => server.forceShutdown());

  itWhere(posix)('binds a socket in a folder that only this user enters, and removes both', async () => {
    const { network, address, remove } = await listen(server, 'linux', {});
    expect(network).toBe('unix');
    expect(statSync(address).isSocket()).toBe(true);
    expect(statSync(dirname(address)).mode & 0o777).toBe(0o700);
    await remove();
    expect(existsSync(dirname(address))).toBe(false);
  });

  itWhere(posix)('takes the folder that a host in another container names', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'host-'));
    const { address } = await listen(server, 'linux', { PLUGIN_UNIX_SOCKET_DIR: folder });
    expect(dirname(dirname(address))).toBe(folder);
    await rm(folder, { recursive: true });
  });

  itWhere(posix)('says what to do about a path that is too long for a socket', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'x'.repeat(100)));
    await expect(listen(server, 'linux', { PLUGIN_UNIX_SOCKET_DIR: folder })).rejects.toThrow(
      /103 bytes at most, not .*: set TMPDIR to a shorter one/
    );
    await rm(folder, { recursive: true });
  });

  it('takes the first free port of those Grafana allows on Windows', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await new Promise((listening) => taken.once('listening', listening));
    const { port } = taken.address() as AddressInfo;
    const ports = { PLUGIN_MIN_PORT: `${port}`, PLUGIN_MAX_PORT: `${port + 20}` };
    const { network, address } = await listen(server, 'win32', ports);
    expect(network).toBe('tcp');
    const [host, bound] = address.split(':');
    expect(host).toBe('127.0.0.1');
    expect(Number(bound)).toBeGreaterThan(port);
    expect(Number(bound)).toBeLessThanOrEqual(port + 20);

    await expect(listen(server, 'win32', { PLUGIN_MIN_PORT: `${port}`, PLUGIN_MAX_PORT: `${port}` })).rejects.toThrow(
      `No free port on 127.0.0.1 from PLUGIN_MIN_PORT ${port} to PLUGIN_MAX_PORT ${port}`
    );
    taken.close();
  });
});
