import { readFileSync } from 'node:fs';

/** Memory that a process holds now, of Linux. Source: proc(5), VmRSS. */
export function residentBytes(pid: number): number {
  const [, kilobytes] = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))!;
  return Number(kilobytes) * 1024;
}
