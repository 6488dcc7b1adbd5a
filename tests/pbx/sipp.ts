import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Installation } from './installation';
import { listens } from './listens';
import { behaviours, movedTo, phonePort, type Behaviour } from './phones';

export interface CallerOptions {
  /** Caller's number; a phone calls where it is an extension. */
  from: string;
  exten: string;
  /** Seconds after the answer until the caller hangs up. */
  talk?: number;
  /** Seconds without an answer or another ring until the caller gives up. */
  patience?: number;
  /** Key that the caller presses two seconds after the answer. */
  key?: string;
}

/** Phones and callers of one PBX, each a SIPp. */
export interface Sipp {
  /** Resolves when all phones can be called. */
  phonesListen: Promise<void>;
  /** Never resolves; rejects, in SIPp's own words, when a phone ends. */
  phonesFail: Promise<never>;
  /** One call; resolves when it is over. Rejects once it is stopped. */
  call: (options: CallerOptions) => Promise<void>;
  stop: () => void;
}

const scenario = (name: string): string => readFileSync(path.join(__dirname, 'sipp', name), 'utf8');

/** SIPp ends with 253 and more where it could not do its work; below that, calls went otherwise than the scenario. */
const cannotWork = 253;

export function startSipp(installation: Installation): Sipp {
  const folder = mkdtempSync(path.join(tmpdir(), 'pbx-sipp-'));
  const children = new Set<ChildProcess>();
  let started = 0;
  let isStopped = false;

  const start = (text: string, port: number, args: readonly string[]): ChildProcess => {
    if (isStopped) {
      throw new Error('Phones and callers are stopped.');
    }
    const index = started++;
    const file = path.join(folder, `${index}.xml`);
    writeFileSync(file, text);
    const ports = ['-p', port, '-mp', installation.media + 10 * index, '-cp', installation.controls + index].map(
      String
    );
    const address = ['-i', '127.0.0.1', '-mi', '127.0.0.1', '-ci', '127.0.0.1'];
    const child = spawn('sipp', [...args, '-sf', file, ...ports, ...address, '-nostdin'], {
      cwd: folder,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    children.add(child);
    return child;
  };

  /** Resolves with the exit code. */
  const over = (child: ChildProcess, port: number): Promise<number | null> => {
    let words = '';
    child.stderr!.on('data', (data) => (words += String(data)));
    return new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (code) => {
        children.delete(child);
        if (code !== null && code >= cannotWork) {
          reject(new Error(`SIPp at port ${port} ended with ${code}: ${words.trim()}`));
        } else {
          resolve(code);
        }
      });
    });
  };

  const phones = behaviours.map((behaviour) => {
    const text = phoneScenario(behaviour).replaceAll('@MOVED_TO@', `${movedTo}@127.0.0.1:${installation.sip}`);
    const port = phonePort(installation, behaviour);
    return { behaviour, port, child: start(text, port, []) };
  });

  const end = (): void => {
    isStopped = true;
    children.forEach((child) => child.kill('SIGKILL'));
  };
  process.once('exit', end);
  const phonesFail = Promise.race(
    phones.map(async ({ behaviour, port, child }): Promise<never> => {
      const code = await over(child, port);
      throw new Error(`The phones that ${behaviour} ended with ${code}.`);
    })
  );
  // It is looked at from the first call on.
  phonesFail.catch(() => undefined);
  const phonesListen = async (): Promise<void> => {
    while (!isStopped && !phones.every(({ child, port }) => child.pid !== undefined && listens(child.pid, port))) {
      await sleep(20);
    }
  };
  return {
    phonesListen: phonesListen(),
    phonesFail,
    call: async ({ from, exten, talk = 2, patience = 40, key }) => {
      const text = scenario('caller.xml')
        .replaceAll('@TALK_MS@', String(talk * 1000))
        .replaceAll('@RING_MS@', String(patience * 1000))
        .replace('@KEY@', key === undefined ? '' : scenario('press-key.xml').replaceAll('@DIGIT@', key));
      const own = [`127.0.0.1:${installation.sip}`, '-s', exten, '-key', 'callerid', from, '-m', '1'];
      const port = installation.callers + started;
      await over(start(text, port, own), port);
    },
    stop: () => {
      end();
      process.off('exit', end);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function phoneScenario(behaviour: Behaviour): string {
  switch (behaviour) {
    case 'rings':
    case 'moves':
      return scenario(`phone-${behaviour}.xml`);
    case 'answers':
      return scenario('phone-answers.xml').replaceAll('@RING_MS@', '1000');
    case 'answers-late':
      return scenario('phone-answers.xml').replaceAll('@RING_MS@', '4000');
  }
}
