import { copyFile, mkdir } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startFakeAmiws } from '../tests/support/fake-amiws';
import { storeFile } from '../tests/support/store-file';
import { startPlugin } from '../tools/plugin-host/start-plugin';
import { bareDuckDb } from './bare-duckdb';
import { formatCount, formatMb, formatMs } from './format';
import { quantile } from './median';
import { residentBytes } from './resident-bytes';
import type { BenchOptions, Result } from './row';
import { year } from './year';
import { yearStore } from './year-store';

const starts = 5;
const targets = { answer: 500, memory: 150_000_000 };
/** After the first answer, while the newest calls are read into memory. Milliseconds. */
const idleMs = 30_000;
const day = 86_400_000;

/** From the start of the plugin's process to its first answer, and its memory once it is idle. */
export async function run({ folder, records = 1_000_000 }: BenchOptions): Promise<Result> {
  const dataPath = path.join(folder, 'start');
  await mkdir(dataPath);
  const file = storeFile(dataPath, 'start');
  await copyFile(await yearStore(folder, records), file);
  const bare = await bareDuckDb(file);
  const amiws = await startFakeAmiws(['pbx-east', 'pbx-west']);
  const dataSource = { uid: 'start', name: 'start', jsonData: { amiwsUrl: amiws.url }, updated: 1 };
  const times: number[] = [];
  let memory = 0;
  try {
    for (let start = 0; start < starts; start++) {
      const begun = performance.now();
      const plugin = await startPlugin({ dataPath });
      const json = { queryType: 'statistics', metrics: ['totalCalls'], groupBy: ['queue'] };
      const range = { from: year.to - day, to: year.to, intervalMs: 60_000, maxDataPoints: 100 };
      const answers = await plugin.client.queryData(dataSource, [{ refId: 'A', queryType: '', json, ...range }]);
      times.push(performance.now() - begun);
      const { error } = answers.get('A')!;
      if (error !== undefined) {
        throw new Error(error.message);
      }
      if (start === starts - 1) {
        await sleep(idleMs);
        memory = residentBytes(plugin.pid);
      }
      await plugin.stop();
    }
  } finally {
    await amiws.close();
  }
  const median = quantile(times, 0.5);
  const what = `a year of ${formatCount(records)} records`;
  return {
    rows: [
      {
        what: `start of the process to its first answer, ${what}: median, slowest of ${starts}`,
        ours: `${formatMs(median)}, ${formatMs(Math.max(...times))}`,
        target: `under ${targets.answer} ms`,
        isMet: median < targets.answer,
      },
      {
        what: `memory of the idle plugin, ${what}`,
        ours: formatMb(memory),
        comparedWith: `Node with DuckDB that has opened the file: ${formatMb(bare)}`,
        target: `under ${formatMb(targets.memory)}`,
        isMet: memory < targets.memory,
      },
    ],
  };
}
