import { readdirSync, readlinkSync } from 'node:fs';

/** How often this process has a file open. Linux only. */
export function openHandles(file: string): number {
  return readdirSync('/proc/self/fd').filter((handle) => targetOf(handle) === file).length;
}

function targetOf(handle: string): string | null {
  try {
    return readlinkSync(`/proc/self/fd/${handle}`);
  } catch {
    return null;
  }
}
