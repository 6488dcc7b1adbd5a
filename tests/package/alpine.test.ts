import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pluginId, zipFile } from '../../tools/package/packages';
import { rowsOf } from '../../tools/plugin-host/rows-of';
import { startPlugin } from '../../tools/plugin-host/start-plugin';
import { busybox, namespaces } from '../../tools/test/needs';
import { describeWhere } from '../support/describe-where';
import { layAlpine } from './alpine-root';
import { unpackZip } from './read-zip';

describeWhere(namespaces, busybox)('in a system like Grafana’s stock image', () => {
  const plugins = '/var/lib/grafana/plugins';
  let root: string;
  beforeEach(async () => {
    root = mkdtempSync(path.join(tmpdir(), 'alpine-'));
    layAlpine(root);
    await unpackZip(zipFile('linux-amd64-alpine'), path.join(root, plugins));
  });
  afterEach(() => rmSync(root, { recursive: true }));

  const start = () =>
    startPlugin({ root, folder: `${plugins}/${pluginId}`, dataPath: '/var/lib/grafana/data', offline: true });

  test('the package starts without network, PATH and HOME, stores and answers', async () => {
    const plugin = await start();
    try {
      const dataSource = { uid: 'cdr', name: 'CDR', jsonData: { amiwsUrl: 'ws://127.0.0.1:1' }, updated: 1 };
      const { message, details } = await plugin.client.checkHealth(dataSource);
      expect(message).toContain('ENETUNREACH');
      expect(details).toMatchObject({ records: 0, storeError: null });
      const json = { queryType: 'statistics', metrics: ['totalCalls'], timeZone: 'Europe/Berlin' };
      const range = { from: Date.now() - 3_600_000, to: Date.now(), intervalMs: 60_000, maxDataPoints: 100 };
      const answers = await plugin.client.queryData(dataSource, [{ refId: 'A', queryType: '', json, ...range }]);
      expect(answers.get('A')!.error).toBeUndefined();
      expect(rowsOf(answers.get('A')!.frames[0]!)).toEqual([{ totalCalls: 0 }]);
    } finally {
      await plugin.stop();
    }
  });

  test('without the libraries that the package brings it would not start', async () => {
    rmSync(path.join(root, plugins, pluginId, 'runtime/lib'), { recursive: true });
    await expect(start()).rejects.toThrow(/libstdc\+\+\.so\.6: cannot open shared object file/);
  });
});
