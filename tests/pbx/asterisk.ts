import { execFile, spawn } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { Installation } from './installation';
import { phoneConfig } from './phones';

const run = promisify(execFile);
const cache = process.env.AMIWS_PBX_ROOT ?? '/var/cache/amiws-cdr-pbx';
const config = path.join(__dirname, 'etc');

export interface Asterisk {
  /** Output of a command of Asterisk's own command line, without colours. */
  command: (text: string) => Promise<string>;
  /** Ends every call and starts again. */
  restart: () => Promise<void>;
  /** Ends without a word and starts again. */
  crash: () => Promise<void>;
  /** Text of a file that it wrote, by its path below /var/log/asterisk; empty where there is none. */
  log: (file: string) => string;
  /** Changes a file of its configuration, empty where there is none; it is read at a reload. */
  configure: (file: string, change: (text: string) => string) => void;
  stop: () => Promise<void>;
}

/**
 * Starts the Asterisk of `install-asterisk.sh` with the configuration in `etc`, and waits until it is booted. It runs in
 * namespaces of its own, which end with it: no mount and no process is left, however this process ends.
 *
 * @throws Error when its port is taken or it doesn't boot
 */
export async function startAsterisk(installation: Installation): Promise<Asterisk> {
  await assertFree(installation.ami);
  const root = path.join(cache, installation.suite);
  await run('bash', [path.join(__dirname, 'install-asterisk.sh'), installation.suite, root], {
    maxBuffer: 64 * 1024 * 1024,
  });
  writeConfig(root, installation);
  for (const folder of ['run/asterisk', 'var/log/asterisk', 'var/lib/asterisk/astdb.sqlite3']) {
    rmSync(path.join(root, folder), { recursive: true, force: true });
  }
  for (const folder of [
    'run/asterisk',
    'var/log/asterisk/cdr-csv',
    'var/log/asterisk/cdr-custom',
    'var/lib/asterisk',
  ]) {
    mkdirSync(path.join(root, folder), { recursive: true });
  }
  await run('chroot', [
    root,
    'chown',
    '-R',
    'asterisk:asterisk',
    '/run/asterisk',
    '/var/log/asterisk',
    '/var/lib/asterisk',
  ]);
  // A process that changes its user no longer ends with its parent: the shell before it does, and takes it along.
  const own = ['--mount', '--pid', '--fork', '--kill-child', `--root=${root}`, '--mount-proc'];
  const child = spawn('unshare', [...own, 'sh', '-c', 'while :; do asterisk -f -U asterisk; sleep 1; done'], {
    stdio: 'ignore',
  });
  const end = (): void => void child.kill('SIGKILL');
  process.once('exit', end);
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const command = async (text: string): Promise<string> => {
    const { stdout } = await run('chroot', [root, 'asterisk', '-rx', text]);
    // eslint-disable-next-line no-control-regex -- Asterisk colours its tables
    return stdout.replace(/\u001b\[[0-9;]*m/g, '');
  };
  const startTime = async (): Promise<string> => /Startup time:.*/.exec(await command('core show settings'))?.[0] ?? '';
  await until(async () => (await command('core waitfullybooted')).includes('fully booted'));
  const startAgain = async (end: () => unknown): Promise<void> => {
    const before = await startTime();
    await end();
    await until(async () => ![before, ''].includes(await startTime()));
    await until(async () => (await command('core waitfullybooted')).includes('fully booted'));
  };
  return {
    command,
    restart: () => startAgain(() => command('core restart now').catch(() => '')),
    crash: () =>
      startAgain(() => {
        const [shell] = childrenOf(child.pid!);
        childrenOf(shell!).forEach((pid) => process.kill(pid, 'SIGKILL'));
      }),
    log: (file) => readText(path.join(root, 'var/log/asterisk', file)),
    configure: (file, change) => {
      const place = path.join(root, 'etc/asterisk', file);
      writeFileSync(place, change(readText(place)));
    },
    stop: async () => {
      end();
      await gone;
      process.off('exit', end);
    },
  };
}

/** What it can't do with a port that another process holds, it says nowhere. */
async function assertFree(port: number): Promise<void> {
  const probe = createServer();
  await new Promise<void>((resolve, reject) => {
    probe.once('error', reject);
    probe.listen(port, '127.0.0.1', resolve);
  });
  await new Promise((resolve) => probe.close(resolve));
}

/** `@NAME@` in a file of `etc` stands for a port of the installation. */
function writeConfig(root: string, installation: Installation): void {
  const ports: Readonly<Record<string, number>> = {
    AMI: installation.ami,
    SIP: installation.sip,
    RTP_FIRST: installation.rtp,
    RTP_LAST: installation.rtp + 999,
  };
  const filled = (text: string): string => text.replace(/@([A-Z_]+)@/g, (_, name: string) => String(ports[name]));
  for (const file of readdirSync(config)) {
    writeFileSync(path.join(root, 'etc/asterisk', file), filled(readFileSync(path.join(config, file), 'utf8')));
  }
  writeFileSync(path.join(root, 'etc/asterisk/pjsip-phones.conf'), phoneConfig(installation));
}

function childrenOf(pid: number): number[] {
  return readText(`/proc/${pid}/task/${pid}/children`).split(' ').filter(Boolean).map(Number);
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

async function until(isTrue: () => Promise<boolean>): Promise<void> {
  for (let attempt = 0; !(await isTrue().catch(() => false)); attempt++) {
    if (attempt === 240) {
      throw new Error('Asterisk did not boot within two minutes.');
    }
    await sleep(500);
  }
}
