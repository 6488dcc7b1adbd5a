import { execFileSync } from 'node:child_process';

/** Why no process can be given a root of the file system and a network of its own here; null where one can. */
export function confinementTrouble(): string | null {
  try {
    execFileSync('/usr/bin/unshare', ['--root=/', '--mount-proc', '--net', '/bin/true'], { stdio: 'pipe' });
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
