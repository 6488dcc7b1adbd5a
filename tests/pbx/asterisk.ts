import { execFile, spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);
const root = process.env.AMIWS_PBX_ROOT ?? '/var/cache/amiws-cdr-pbx';
const pidFile = path.join(root, 'run/asterisk/asterisk.pid');

export interface Asterisk {
  /** Output of a command of Asterisk's own command line, without colours. */
  command: (text: string) => Promise<string>;
  stop: () => Promise<void>;
}

/** Starts the Asterisk of `install-asterisk.sh` with the configuration in `etc`, and waits until it is booted. */
export async function startAsterisk(): Promise<Asterisk> {
  await run('bash', [path.join(__dirname, 'install-asterisk.sh')], { maxBuffer: 64 * 1024 * 1024 });
  cpSync(path.join(__dirname, 'etc'), path.join(root, 'etc/asterisk'), { recursive: true });
  if (!existsSync(path.join(root, 'proc/self'))) {
    await run('mount', ['-t', 'proc', 'proc', path.join(root, 'proc')]);
  }
  rmSync(path.join(root, 'run/asterisk'), { recursive: true, force: true });
  for (const folder of ['run/asterisk', 'var/lib/asterisk']) {
    mkdirSync(path.join(root, folder), { recursive: true });
    await run('chroot', [root, 'chown', '-R', 'asterisk:asterisk', `/${folder}`]);
  }
  const child = spawn('chroot', [root, 'asterisk', '-f', '-U', 'asterisk'], { stdio: 'ignore' });
  const gone = new Promise((resolve) => child.once('exit', resolve));
  const command = async (text: string): Promise<string> => {
    const { stdout } = await run('chroot', [root, 'asterisk', '-rx', text]);
    // eslint-disable-next-line no-control-regex -- Asterisk colours its tables
    return stdout.replace(/\u001b\[[0-9;]*m/g, '');
  };
  await until(async () => (await command('core waitfullybooted')).includes('fully booted'));
  return {
    command,
    stop: async () => {
      process.kill(Number(readFileSync(pidFile, 'utf8')), 'SIGTERM');
      await gone;
      await run('umount', [path.join(root, 'proc')]);
    },
  };
}

async function until(isTrue: () => Promise<boolean>): Promise<void> {
  for (let attempt = 0; !(await isTrue().catch(() => false)); attempt++) {
    if (attempt === 120) {
      throw new Error('Asterisk did not boot within a minute.');
    }
    await sleep(500);
  }
}
