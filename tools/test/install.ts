import { spawnSync } from 'node:child_process';
import { installArguments, type LeftOut } from './left-out';
import type { Machine } from './machine';

/** Debian's packages that suites lack and that may be installed here: as root, by apt-get. */
export function installable(lacking: readonly LeftOut[], { isRoot, has }: Machine): string[] {
  const packages = new Set(lacking.flatMap(({ unmet }) => unmet.flatMap((need) => need.packages ?? [])));
  return isRoot && has('apt-get') ? [...packages].sort() : [];
}

/** Installs Debian's packages. Where apt-get fails it says why on the screen, and what lacks goes on lacking. */
export function install(packages: readonly string[]): void {
  console.log(`Installing what suites need: ${packages.join(', ')}`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  for (const args of [['update'], installArguments(packages)]) {
    const { status } = spawnSync('apt-get', ['-qq', ...args], { env, stdio: ['ignore', 'ignore', 'inherit'] });
    if (status !== 0) {
      console.error(`apt-get ${args.join(' ')} failed`);
      return;
    }
  }
}
