import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** Whether a process itself holds a UDP port of IPv4. */
export function listens(pid: number, port: number): boolean {
  const local = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  const inodes = readFileSync('/proc/net/udp', 'utf8')
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter(([, address = '']) => address.endsWith(local))
    .map((columns) => `socket:[${columns[9]}]`);
  return inodes.length > 0 && socketsOf(pid).some((socket) => inodes.includes(socket));
}

function socketsOf(pid: number): string[] {
  const folder = `/proc/${pid}/fd`;
  try {
    return readdirSync(folder).flatMap((name) => {
      try {
        return [readlinkSync(`${folder}/${name}`)];
      } catch {
        return [];
      }
    });
  } catch {
    return [];
  }
}
