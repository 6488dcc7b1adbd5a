import { readdirSync, readlinkSync } from 'node:fs';

/** How often a process, this one or another, has a file open. Linux only. */
export function openHandles(file: string, pid: number | 'self' = 'self'): number {
  return handlesOf(pid).filter((handle) => targetOf(`/proc/${pid}/fd/${handle}`) === file).length;
}

/** None of a process that is gone. */
function handlesOf(pid: number | 'self'): string[] {
  try {
    return readdirSync(`/proc/${pid}/fd`);
  } catch {
    return [];
  }
}

function targetOf(handle: string): string | null {
  try {
    return readlinkSync(handle);
  } catch {
    return null;
  }
}
