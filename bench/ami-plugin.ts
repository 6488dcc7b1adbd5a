import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startAmiFeeder } from '../tests/support/start-ami-feeder';
import { startPlugin } from '../tools/plugin-host/start-plugin';
import { formatCount, formatMb, formatMs } from './format';
import { quantile } from './median';
import { residentBytes } from './resident-bytes';
import type { Row } from './row';

const panels = [{ queryType: 'callersWaiting' }, { queryType: 'statistics', metrics: ['callsOffered'] }];
/** How long the last records may take to be stored. Milliseconds. */
const patienceMs = 60_000;

/** Events of all classes from an AMI through the plugin into its store, at most so many a second, while panels ask. */
export async function throughPlugin(folder: string, seconds: number, perSecond: number): Promise<Row> {
  const dataPath = path.join(folder, 'ami');
  await mkdir(dataPath);
  const feeder = await startAmiFeeder();
  const plugin = await startPlugin({ dataPath });
  const pbx = { server: 'pbx', host: '127.0.0.1', port: feeder.port, user: 'bench' };
  const dataSource = {
    ...{ uid: 'ami', name: 'ami', updated: 1 },
    jsonData: { connection: 'ami', pbxes: [pbx] },
    secureJsonData: { pbxSecret0: 'secret' },
  };
  const stored = async (): Promise<number> =>
    Number((await plugin.client.checkHealth(dataSource)).details?.records ?? 0);
  try {
    await stored();
    let isFed = false;
    const feeding = feeder.feed({ events: perSecond * seconds, perSecond }).finally(() => (isFed = true));
    const waits: number[] = [];
    while (!isFed) {
      for (const json of panels) {
        const begun = performance.now();
        const range = { from: Date.now() - 3_600_000, to: Date.now(), intervalMs: 60_000, maxDataPoints: 100 };
        await plugin.client.queryData(dataSource, [{ refId: 'A', queryType: '', json, ...range }]);
        waits.push(performance.now() - begun);
      }
      await sleep(200);
    }
    const sent = await feeding;
    const memory = residentBytes(plugin.pid);
    const until = Date.now() + patienceMs;
    let records = await stored();
    while (records < sent.records && Date.now() < until) {
      await sleep(200);
      records = await stored();
    }
    const rate = sent.events / sent.seconds;
    return {
      what: `events of an AMI through the plugin into its store, ${formatCount(sent.events)}: rate, lost records, answers p50, slowest, memory`,
      ours: `${formatCount(rate)}/s, ${sent.records - records}, ${formatMs(quantile(waits, 0.5))}, ${formatMs(Math.max(...waits))}, ${formatMb(memory)}`,
      target: `none lost of ${formatCount(perSecond)}/s`,
      isMet: records === sent.records && rate > 0.98 * perSecond,
    };
  } finally {
    await plugin.stop();
    await feeder.stop();
  }
}
