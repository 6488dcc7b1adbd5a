import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DataSource } from '../../tools/plugin-host/data-source';
import { rowsOf } from '../../tools/plugin-host/rows-of';
import { startPlugin, type HostedPlugin } from '../../tools/plugin-host/start-plugin';
import { startAmiFeeder, type AmiFed, type AmiFeeder } from '../support/start-ami-feeder';
import { storeFile } from '../support/store-file';
import { eventually } from './eventually';
import { memoryBound, megabytesAtMost } from './memory-bound';
import { seeLive } from './seen-live';
import { storedRecords } from './stored-records';

/** RELIABILITY_AMI_EVENTS=1200000 is the long form. */
const events = Number(process.env.RELIABILITY_AMI_EVENTS ?? 60_000);
/** Events a second that are taken at least; the short form runs beside other tests and says nothing of it. */
const leastRate = process.env.RELIABILITY_AMI_EVENTS === undefined ? 0 : 20_000;
/** Sent before it is looked whether that is enough. */
const portion = 30_000;

let folder: string;
let feeder: AmiFeeder;
let plugin: HostedPlugin;
let dataSource: DataSource;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'plugin-'));
  feeder = await startAmiFeeder();
  plugin = await startPlugin({ dataPath: folder });
  const pbx = { server: 'pbx', host: '127.0.0.1', port: feeder.port, user: 'grafana' };
  dataSource = {
    ...{ uid: 'cdr', name: 'CDR', updated: 1 },
    jsonData: { connection: 'ami', pbxes: [pbx] },
    secureJsonData: { pbxSecret0: 'secret' },
  };
});
afterEach(async () => {
  await feeder.stop();
  await plugin.stop();
  await rm(folder, { recursive: true, force: true });
});

async function ask(json: object): Promise<Array<Record<string, unknown>>> {
  const range = { from: Date.now() - 3_600_000, to: Date.now() + 60_000, intervalMs: 60_000, maxDataPoints: 100 };
  const answers = await plugin.client.queryData(dataSource, [{ refId: 'A', queryType: '', json, ...range }]);
  expect(answers.get('A')!.error).toBeUndefined();
  return rowsOf(answers.get('A')!.frames[0]!);
}

const offered = { queryType: 'statistics', metrics: ['callsOffered'] };
const panels = [{ queryType: 'callersWaiting' }, offered, { queryType: 'calls', limit: 100 }];

/** Sends as fast as the plugin takes it, until panels have answered meanwhile; ten times as much at most. */
async function feedUntil(haveAnswered: () => boolean): Promise<AmiFed> {
  const sum: AmiFed = { events: 0, records: 0, joins: 0, seconds: 0 };
  while (sum.events < events || (!haveAnswered() && sum.events < 10 * events)) {
    const fed = await feeder.feed({ events: portion });
    sum.events += fed.events;
    sum.records += fed.records;
    sum.joins += fed.joins;
    sum.seconds += fed.seconds;
  }
  return sum;
}

test(
  `${events} events of all classes from an AMI, as fast as they are taken, are read and stored, all of them, while panels ask`,
  async () => {
    const isUp = ({ status }: { status: string }): boolean => status === 'ok';
    expect(await eventually(() => plugin.client.checkHealth(dataSource), isUp)).toMatchObject({ status: 'ok' });
    const live = new Set<string>();
    const watching = seeLive(plugin.client, dataSource, live);
    const times: number[] = [];
    const haveAnswered = (): boolean => live.size > 0 && times.length >= panels.length;
    let haveMeanwhile: boolean | null = null;
    const feeding = feedUntil(haveAnswered).finally(() => (haveMeanwhile = haveAnswered()));
    while (haveMeanwhile === null) {
      for (const panel of panels) {
        const begun = performance.now();
        await ask(panel);
        times.push(performance.now() - begun);
      }
      await sleep(200);
    }
    const sent = await feeding;
    const health = await eventually(
      () => plugin.client.checkHealth(dataSource),
      ({ details }) => details?.records === sent.records,
      120
    );
    const [queues] = await ask(offered);
    watching.unsubscribe();
    const memory = megabytesAtMost(plugin.pid);
    await plugin.stop();
    const counts = [...(await storedRecords(storeFile(folder))).values()];
    const stored = counts.reduce((sum, count) => sum + count, 0);
    console.log(
      `${sent.events} events at ${Math.round(sent.events / sent.seconds)}/s: ${sent.records} records sent, ${stored} stored; ` +
        `${times.length} answers, slowest ${Math.round(Math.max(...times))} ms; ${Math.round(memory)} MB at most`
    );
    expect(health).toMatchObject({ status: 'ok', details: { records: sent.records, frames: { bad: {}, dropped: 0 } } });
    expect(queues).toMatchObject({ callsOffered: sent.joins });
    expect(stored).toBe(sent.records);
    expect(haveMeanwhile).toBe(true);
    expect(sent.events / sent.seconds).toBeGreaterThan(leastRate);
    expect(memory).toBeLessThan(memoryBound);
  },
  300_000 + events
);
