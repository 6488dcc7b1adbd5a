import { readFileSync } from 'node:fs';

/** Megabytes that the server part may take: DuckDB's 512, 200 of what waits, what Node and the known calls take. */
export const memoryBound = 1_536;

/** Megabytes of memory that a process took at most. Source: proc(5), VmHWM. */
export function megabytesAtMost(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/VmHWM:\s+(\d+) kB/.exec(status)![1]) / 1024;
}
