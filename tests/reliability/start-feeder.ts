import { fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

export interface FeederOptions {
  /** Each of two Cdr records and three queue events. */
  callsPerSecond: number;
  /** Events that nothing reads. */
  othersPerSecond: number;
  /** Records sent last that are sent again to who connects. */
  resend: number;
}

/** What was sent so far, what was sent again not counted. */
export interface FeederReport {
  records: number;
  calls: number;
  others: number;
  /** Bytes that the client has not taken. */
  buffered: number;
}

export interface Feeder {
  url: string;
  report: () => Promise<FeederReport>;
  /** Sends no more; the last report. */
  pause: () => Promise<FeederReport>;
  stop: () => Promise<void>;
}

/** Starts amiws in a process of its own, so that what it takes is not taken from who measures. */
export async function startFeeder(options: FeederOptions): Promise<Feeder> {
  const child = fork(path.join(__dirname, 'feeder.ts'), [JSON.stringify(options)], { execArgv: ['--import', 'tsx'] });
  const [{ port }] = (await once(child, 'message')) as [{ port: number }];
  const ask = async (command: 'report' | 'pause'): Promise<FeederReport> => {
    child.send(command);
    const [report] = (await once(child, 'message')) as [FeederReport];
    return report;
  };
  return {
    url: `ws://127.0.0.1:${port}`,
    report: () => ask('report'),
    pause: () => ask('pause'),
    stop: async () => {
      child.disconnect();
      await once(child, 'exit');
    },
  };
}
