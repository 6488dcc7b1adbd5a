import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { onPlatform } from '../test/on-platform';
import type { Package } from './packages';

/** Holds the package.json and the lock file with the versions and checksums of every platform's packages. */
export const pinFolder = join(import.meta.dirname, 'platforms');

/**
 * Installs into `folder` the Node runtime and DuckDB's library for the platform of the package, and gives the
 * `node_modules` that holds them.
 * @throws Error when one is not served or has another checksum than the lock file: npm leaves it out in silence
 */
export function fetchModules({ os, cpu, target }: Package, folder: string, pins = pinFolder): string {
  mkdirSync(folder, { recursive: true });
  ['package.json', 'package-lock.json'].forEach((file) => copyFileSync(join(pins, file), join(folder, file)));
  const platform = [`--os=${os}`, `--cpu=${cpu}`, '--libc=glibc'];
  const npm = ['npm', 'ci', ...platform, '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const { file, args, shell } = onPlatform(process.platform, npm);
  execFileSync(file, args, {
    shell,
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const modules = join(folder, 'node_modules');
  for (const name of [target.nodePackage, target.duckdbPackage]) {
    if (!existsSync(join(modules, name))) {
      throw new Error(
        `npm did not install ${name}: it is not served, or its checksum is not that of ${join(pins, 'package-lock.json')}.`
      );
    }
  }
  return modules;
}
