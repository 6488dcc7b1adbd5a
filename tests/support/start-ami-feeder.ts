import { fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

export interface AmiFeed {
  /** At least so many are sent. */
  events: number;
  /** No more than so many a second; absent: as many as are taken. */
  perSecond?: number;
}

/** What was sent, and how long that took. */
export interface AmiFed {
  events: number;
  /** Cdr events among them. */
  records: number;
  /** Callers who joined a queue. */
  joins: number;
  seconds: number;
}

export interface AmiFeeder {
  port: number;
  /** Sends to who is logged in. */
  feed: (order: AmiFeed) => Promise<AmiFed>;
  stop: () => Promise<void>;
}

/** Starts the AMI of a busy PBX in a process of its own, so that what it takes is not taken from who measures. */
export async function startAmiFeeder(): Promise<AmiFeeder> {
  const child = fork(path.join(__dirname, 'ami-feeder.ts'), { execArgv: ['--import', 'tsx'] });
  const [{ port }] = (await once(child, 'message')) as [{ port: number }];
  return {
    port,
    feed: async (order) => {
      child.send(order);
      const [fed] = (await once(child, 'message')) as [AmiFed];
      return fed;
    },
    stop: async () => {
      child.disconnect();
      await once(child, 'exit');
    },
  };
}
