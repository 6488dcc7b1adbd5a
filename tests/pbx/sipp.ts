import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const folder = mkdtempSync(path.join(tmpdir(), 'pbx-sipp-'));
let callers = 0;

/** SIPp takes a few media ports from the one it is given on. */
const mediaPort = (port: number): number => 30_000 + 10 * (port % 1000) + (port < 17_000 ? 0 : 10_000);

const scenario = (name: string): string => path.join(__dirname, 'sipp', name);

/** A phone at a port of 127.0.0.1 that answers after a second, or rings for ever. */
export function startPhone(port: number, behaviour: 'answers' | 'rings'): ChildProcess {
  return sipp(['-sf', scenario(`phone-${behaviour}.xml`), '-p', String(port), '-mp', String(mediaPort(port))]);
}

export interface CallerOptions {
  /** Caller's number. */
  from: string;
  exten: string;
  /** Seconds after the answer until the caller hangs up. */
  talk?: number;
  /** Seconds without an answer or another ring until the caller gives up. */
  patience?: number;
}

/** One call from the trunk; resolves when it is over. */
export function call({ from, exten, talk = 2, patience = 40 }: CallerOptions): Promise<void> {
  const port = 17_000 + callers++;
  const file = path.join(folder, `caller-${from}.xml`);
  const text = readFileSync(scenario('caller.xml'), 'utf8');
  writeFileSync(
    file,
    text.replaceAll('@TALK_MS@', String(talk * 1000)).replaceAll('@RING_MS@', String(patience * 1000))
  );
  const own = ['-sf', file, '-s', exten, '-key', 'callerid', from, '-p', String(port), '-mp', String(mediaPort(port))];
  const child = sipp(['127.0.0.1:15060', ...own, '-m', '1']);
  return new Promise((resolve) => child.once('exit', () => resolve()));
}

function sipp(args: readonly string[]): ChildProcess {
  const address = ['-i', '127.0.0.1', '-mi', '127.0.0.1', '-ci', '127.0.0.1'];
  return spawn('sipp', [...args, ...address, '-nostdin'], { cwd: folder, stdio: 'ignore' });
}
