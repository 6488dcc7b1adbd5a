import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { asterisk22 } from './installation';
import { phonePort } from './phones';
import { takeHour } from './scripted-hour';

/** Ports of its own: the scripted hours run beside it. */
const apart = Object.fromEntries(
  Object.entries(asterisk22).map(([name, value]) => [name, typeof value === 'number' ? value - 4000 : value])
) as typeof asterisk22;
const port = phonePort(apart, 'rings');

let taken: Socket;
beforeEach(async () => {
  taken = createSocket('udp4').bind(port, '127.0.0.1');
  await once(taken, 'listening');
});
afterEach(() => taken.close());

/** Command lines of processes that this one started, and those started. */
function started(): string[] {
  const processes = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return processes.flatMap((pid) => {
    try {
      const parent = /^PPid:\s*(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1];
      const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
      return parent === String(process.pid) && command !== '' ? [command] : [];
    } catch {
      return [];
    }
  });
}

it('a phone whose port is taken fails the hour at once in SIPp’s own words, and nothing goes on', async () => {
  const before = started();
  await expect(takeHour(apart)).rejects.toThrow(
    new RegExp(`SIPp at port ${port} ended with \\d+: .*(bind|in use)`, 's')
  );
  expect(started()).toEqual(before);
});
