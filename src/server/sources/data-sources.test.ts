import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Logger } from '../../plugin-protocol/log';
import type { PluginContext } from '../../plugin-protocol/plugin';
import { DataSources } from './data-sources';
import { PluginMetrics } from '../plugin-metrics';

const quiet = () => undefined;
const log: Logger = { debug: quiet, info: quiet, warn: quiet, error: quiet, child: () => log };

const context = (jsonData: object): PluginContext => ({
  orgId: 1,
  pluginId: 'amiws-cdr-datasource',
  dataSource: { id: 1, uid: 'uid1', name: 'PBX', url: '', updated: 0, jsonData, secureJsonData: {} },
});

test('a data source that only browsers hear is not listened to, and not resumed after a restart', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'sources-'));
  const sources = new DataSources(folder, new PluginMetrics(), log);
  const remembered = async () => JSON.parse(await readFile(path.join(folder, 'instances.json'), 'utf8')) as unknown[];
  const source = await sources.get(context({}));
  const stopped = jest.spyOn(source, 'stop');
  await expect(sources.get(context({ mode: 'browser', amiwsUrl: 'ws://127.0.0.1:9' }))).rejects.toThrow(
    'browser-only mode'
  );
  expect(stopped).toHaveBeenCalledTimes(1);
  await sources.stop();
  expect(await remembered()).toEqual([]);
  await rm(folder, { recursive: true });
});
