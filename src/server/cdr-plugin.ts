import type { Logger } from '../plugin-protocol/log';
import { PluginError, type Plugin } from '../plugin-protocol/plugin';
import { callResource } from './call-resource';
import { checkHealth } from './check-health';
import type { DataSource } from './data-source';
import { DataSources } from './data-sources';
import { parseLiveRequest } from './live-request';
import { PluginMetrics } from './plugin-metrics';
import { queryData } from './query-data';
import { runStream } from './run-stream';

/** The plugin: finds the data source that a call of Grafana is for and forwards it. */
export function cdrPlugin(folder: string, log: Logger): Plugin {
  const metrics = new PluginMetrics();
  const sources = new DataSources(folder, metrics, log);
  void sources.resume();
  return {
    checkHealth: async ({ context }) => {
      let source: DataSource;
      try {
        source = await sources.get(context);
      } catch (error) {
        return { status: 'error', message: error instanceof Error ? error.message : String(error) };
      }
      return checkHealth(source);
    },
    collectMetrics: () => metrics.text(),
    queryData: async (request) => queryData(await sources.get(request.context), request),
    callResource: async (request, send) => send(await callResource(await sources.get(request.context), request)),
    subscribeStream: async ({ path, data }) => {
      if (!path.startsWith('live/')) {
        return { status: 'not-found' };
      }
      parseLiveRequest(data);
      return { status: 'ok' };
    },
    // Nothing that a user sends may reach a PBX.
    publishStream: async () => ({ status: 'permission-denied' }),
    runStream: async (request, send, signal) => {
      const live = parseLiveRequest(request.data);
      if (!request.path.startsWith('live/')) {
        throw new PluginError(`There is no live channel ${request.path}. Expected live/<hash>.`, 'downstream', 404);
      }
      await runStream(await sources.get(request.context), live, send, signal);
    },
    stop: () => sources.stop(),
  };
}
