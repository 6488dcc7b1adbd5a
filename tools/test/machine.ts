import { execFileSync } from 'node:child_process';
import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** What is asked of a machine before suites run on it. */
export interface Machine {
  platform: NodeJS.Platform;
  arch: NodeJS.Architecture;
  /** Of the Node that runs this, such as v24.1.0. */
  version: string;
  isRoot: boolean;
  env: Readonly<Record<string, string | undefined>>;
  /** Whether a program is found by its name. */
  has: (program: string) => boolean;
  exists: (file: string) => boolean;
  /** Text of a file; empty where there is none. */
  read: (file: string) => string;
  /** Whether a command ends with exit code 0. */
  succeeds: (command: string, args: readonly string[], cwd?: string) => boolean;
}

/** Debian keeps servers and mount tools in folders that only root's PATH has. */
const administratorsFolders = process.platform === 'win32' ? [] : ['/usr/local/sbin', '/usr/sbin', '/sbin'];

/** PATH with the folders of administrators' programs at its end. */
export const wholePath = [process.env.PATH ?? '', ...administratorsFolders].join(delimiter);

export const thisMachine: Machine = {
  platform: process.platform,
  arch: process.arch,
  version: process.version,
  isRoot: process.getuid?.() === 0,
  env: process.env,
  has: (program) => wholePath.split(delimiter).some((folder) => isExecutable(join(folder, program))),
  exists: existsSync,
  read: (file) => (existsSync(file) ? readFileSync(file, 'utf8') : ''),
  succeeds: (command, args, cwd) => {
    try {
      execFileSync(command, args, { cwd, env: { ...process.env, PATH: wholePath }, stdio: 'ignore' });
      return true;
    } catch {
      return false;
    }
  },
};

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
