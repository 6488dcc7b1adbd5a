import { setTimeout as sleep } from 'node:timers/promises';
import type { AmiServer } from '../../tools/bridge/ami-connection';
import type { Asterisk } from './asterisk';
import { askQueues, type QueueEntry } from './queue-status';

type Row = Record<string, unknown>;

/** A channel as `core show channels concise` shows it. */
export interface ShownChannel {
  name: string;
  state: string;
  application: string;
  number: string;
  bridge: string;
}

/** What Asterisk and the product say of one moment in which nothing changed. */
export interface SeenMoment {
  channels: ShownChannel[];
  entries: QueueEntry[];
  calls: Row[];
  callers: Row[];
}

/** Asks both again and again until it is stopped; what changed meanwhile is left out. */
export function watchMoments(
  asterisk: Pick<Asterisk, 'command'>,
  pbx: AmiServer,
  ask: (query: object) => Promise<Row[]>
) {
  const seen: SeenMoment[] = [];
  let isOver = false;
  const watch = async (): Promise<void> => {
    while (!isOver) {
      const before = await asterisk.command('core show channels concise');
      const { entries } = await askQueues(pbx);
      const calls = await ask({ queryType: 'callsNow' });
      const callers = await ask({ queryType: 'callersWaiting' });
      const after = await asterisk.command('core show channels concise');
      const isSame = linesOf(before).join() === linesOf(after).join();
      if (isSame) {
        seen.push({ channels: linesOf(after).map(channelOf), entries, calls, callers });
      }
      await sleep(250);
    }
  };
  const watching = watch();
  return {
    seen,
    stop: async (): Promise<void> => {
      isOver = true;
      await watching;
    },
  };
}

/** Without how long each lasts, which changes by itself. */
function linesOf(shown: string): string[] {
  return shown
    .split('\n')
    .filter((line) => line.includes('!'))
    .map((line) => line.split('!').toSpliced(11, 1).join('!'))
    .sort();
}

function channelOf(line: string): ShownChannel {
  const parts = line.split('!');
  return { name: parts[0]!, state: parts[4]!, application: parts[5]!, number: parts[7]!, bridge: parts[11]! };
}
