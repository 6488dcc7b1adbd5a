import type { Logger } from '../plugin-protocol/log';
import type { Plugin } from '../plugin-protocol/plugin';
import { callResource } from './ask/call-resource';
import { checkHealth } from './ask/check-health';
import { isAdmin } from './ask/is-admin';
import { shownError } from './ask/shown-error';
import type { DataSource } from './sources/data-source';
import { DataSources } from './sources/data-sources';
import { joinChannel, runChannel } from './live/live-channel';
import { PluginMetrics } from './plugin-metrics';
import { queryData } from './ask/query-data';

/** The plugin: finds the data source that a call of Grafana is for and forwards it. */
export function cdrPlugin(folder: string, csvFolder: string | undefined, log: Logger): Plugin {
  const metrics = new PluginMetrics();
  const sources = new DataSources(folder, metrics, log, csvFolder);
  void sources.resume();
  return {
    checkHealth: async ({ context }) => {
      let source: DataSource;
      try {
        source = await sources.get(context);
      } catch (error) {
        return { status: 'error', message: shownError(error, isAdmin(context)).message };
      }
      return checkHealth(source, isAdmin(context));
    },
    collectMetrics: () => {
      sources.measure();
      return metrics.text();
    },
    queryData: async (request, signal) => {
      const source = await sources.get(request.context);
      return queryData(source, request, untilEnd(source, signal));
    },
    callResource: async (request, send, signal) => {
      const source = await sources.get(request.context);
      const served = sources.ofOrg(request.context.orgId);
      return callResource(source, request, send, untilEnd(source, signal), served);
    },
    subscribeStream: async (request) => ({ status: joinChannel(await sources.get(request.context), request) }),
    // Nothing that a user sends may reach a PBX.
    publishStream: async () => ({ status: 'permission-denied' }),
    runStream: async (request, send, signal) => runChannel(await sources.get(request.context), request, send, signal),
    stop: () => sources.stop(),
  };
}

/** Work for a request ends with the request, or with the data source that it is about. */
function untilEnd({ ended }: DataSource, signal: AbortSignal): AbortSignal {
  return AbortSignal.any([signal, ended]);
}
