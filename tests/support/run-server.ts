import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { chmod, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** A database server of its own: on 127.0.0.1, in a folder under /tmp, never run by root. */
export interface RunningServer {
  port: number;
  pid: number;
  folder: string;
  stop: () => Promise<void>;
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

interface ServerCommands {
  /** User that Debian's package made for the server; root runs it as that one. */
  user: string;
  /** Put into its folder before, by name; read by that user alone. */
  files: Readonly<Record<string, string>>;
  program: (folder: string, port: number) => [command: string, ...args: string[]];
  prepare: (folder: string) => [command: string, ...args: string[]];
  stopBy: NodeJS.Signals;
  /** Rejects until the server takes connections. */
  probe: (port: number) => Promise<void>;
}

export async function runServer(commands: ServerCommands): Promise<RunningServer> {
  const folder = mkdtempSync('/tmp/database-');
  await chmod(folder, 0o755);
  Object.entries(commands.files).forEach(([name, text]) =>
    writeFileSync(path.join(folder, name), text, { mode: 0o600 })
  );
  const as = {
    ...own(folder, commands.user),
    cwd: folder,
    // MariaDB, as it starts, removes the temporary tables of any other that has them in the same folder.
    env: { PATH: process.env.PATH, LC_ALL: 'C.UTF-8', TZ: 'UTC', TMPDIR: folder },
  };
  const [prepare, ...prepareArgs] = commands.prepare(folder);
  execFileSync(prepare, prepareArgs, { ...as, stdio: 'pipe' });
  const port = await freePort();
  const [command, ...args] = commands.program(folder, port);
  const server = spawn(command, args, { ...as, stdio: ['ignore', 'ignore', 'pipe'] });
  let output = '';
  server.stderr.on('data', (data: Buffer) => (output += data.toString()));
  try {
    await untilReady(server, () => commands.probe(port));
  } catch (error) {
    server.kill(commands.stopBy);
    throw new Error(`${command} did not start: ${String(error)}\n${output}`);
  }
  return {
    port,
    pid: server.pid!,
    folder,
    stop: async () => {
      if (server.exitCode === null) {
        server.kill(commands.stopBy);
        await once(server, 'exit');
      }
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Root gives the folder to the user, and is that user from then on; anybody else runs the server as themselves. */
function own(folder: string, user: string): { uid?: number; gid?: number } {
  if (process.getuid?.() !== 0) {
    return {};
  }
  const [uid, gid] = ['-u', '-g'].map((flag) => Number(execFileSync('id', [flag, user])));
  execFileSync('chown', ['-R', user, folder]);
  return { uid, gid };
}

async function untilReady(server: ChildProcess, probe: () => Promise<void>): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await probe();
    } catch (error) {
      if (server.exitCode !== null || attempt === 600) {
        throw error;
      }
      await sleep(100);
    }
  }
}

/** Debian keeps PostgreSQL's programs out of PATH, by version. */
export function postgresProgram(name: string): string {
  const root = '/usr/lib/postgresql';
  const version = existsSync(root) ? readdirSync(root).sort().at(-1) : undefined;
  if (!version) {
    throw new Error('PostgreSQL is not installed: apt-get install postgresql.');
  }
  return path.join(root, version, 'bin', name);
}
