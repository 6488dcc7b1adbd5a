import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { residentBytes } from '../../bench/resident-bytes';
import { pluginId, zipFile } from '../../tools/package/packages';
import { startPlugin } from '../../tools/plugin-host/start-plugin';
import { noon } from '../support/cdr-builders';
import { fillStore } from '../support/fill-store';
import { storeFile } from '../support/store-file';
import { unpackZip } from './read-zip';

const records = 1_000_000;
const megabyte = 1e6;

let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'package-'));
  await unpackZip(zipFile('linux-amd64'), folder);
  mkdirSync(path.join(folder, 'data'));
  await fillStore(storeFile(path.join(folder, 'data')), records);
});
afterAll(() => rmSync(folder, { recursive: true }));

test('the unpacked package answers about a million records and stays under 200 MB of memory', async () => {
  const dataSource = { uid: 'cdr', name: 'CDR', jsonData: { amiwsUrl: 'ws://127.0.0.1:1' }, updated: 1 };
  const start = performance.now();
  const plugin = await startPlugin({ folder: path.join(folder, pluginId), dataPath: path.join(folder, 'data') });
  try {
    const json = { queryType: 'calls', limit: 100 };
    const range = { from: noon, to: noon + 86_400_000, intervalMs: 60_000, maxDataPoints: 100 };
    const answers = await plugin.client.queryData(dataSource, [{ refId: 'A', queryType: '', json, ...range }]);
    const milliseconds = performance.now() - start;
    expect(answers.get('A')!.frames[0]!.fields[0]!.values).toHaveLength(100);
    // The newest calls are read into memory in the background, and what that took is given back within seconds.
    await sleep(15_000);
    const megabytes = residentBytes(plugin.pid) / megabyte;
    console.log(`start to first answer: ${milliseconds.toFixed(0)} ms; idle memory: ${megabytes.toFixed(0)} MB`);
    expect(await plugin.client.checkHealth(dataSource)).toMatchObject({ details: { records } });
    expect(megabytes).toBeLessThan(200);
  } finally {
    await plugin.stop();
  }
});
