import { setTimeout as sleep } from 'node:timers/promises';
import { createServer } from './create-server';
import { listen } from './listen';
import type { Logger } from './log';
import type { Plugin } from './plugin';
import { watchHost } from './watch-host';

/** What Grafana sets so that a plugin knows it by (grafana-plugin-sdk-go, backend/grpcplugin/handshake.go). */
const cookie = { name: 'grafana_plugin_type', value: 'datasource' };

/** go-plugin kills a plugin that is still there two seconds after its answer to Shutdown. */
const stopMs = 1_500;
const closeMs = 300;

export interface ServeOptions {
  log: Logger;
}

/**
 * Serves the plugin to the Grafana that started this process, until Grafana calls Shutdown, dies or a signal comes; then
 * stops the plugin and ends the process. Standard output belongs to the handshake: write nothing else to it.
 */
export async function serve(plugin: Plugin, { log }: ServeOptions): Promise<void> {
  if (process.env[cookie.name] !== cookie.value) {
    process.stderr.write(
      'This is the server part of a Grafana plugin. Grafana starts it by itself once the plugin is installed;\n' +
        `started by hand it has nobody to serve (${cookie.name}=${cookie.value} is not set).\n`
    );
    process.exit(1);
  }

  const stopping = new AbortController();
  let stopped: Promise<void> | undefined;

  const stop = (reason: string, exitCode = 0): Promise<void> => {
    if (!stopped) {
      log.info('Stopping', { reason });
      stopping.abort();
      stopped = stopPlugin(plugin, log);
      void stopped.then(async () => {
        await Promise.race([new Promise((closed) => server.tryShutdown(closed)), sleep(closeMs)]);
        await address.remove();
        process.exit(exitCode);
      });
    }
    return stopped;
  };

  // Grafana may be gone before we are: what nobody reads any more is no reason to crash.
  process.stdout.on('error', () => {});
  process.stderr.on('error', () => {});
  process.on('unhandledRejection', (reason) => {
    log.error('A promise failed with nobody to notice', { error: reason instanceof Error ? reason : String(reason) });
  });

  const server = createServer(plugin, { log, stopping: stopping.signal, shutdown: () => stop('Grafana asked for it') });
  const address = await listen(server);

  process.on('uncaughtException', (error) => {
    log.error('The plugin broke down', { error });
    void stop('an error that nobody caught', 1);
  });
  process.on('SIGTERM', () => void stop('SIGTERM'));
  process.on('SIGINT', () => void stop('SIGINT'));
  watchHost(() => void stop('the process that started this one is gone'));

  // Versions of go-plugin's protocol and of Grafana's, then where and how.
  process.stdout.write(`1|2|${address.network}|${address.address}|grpc\n`);
}

async function stopPlugin(plugin: Plugin, log: Logger): Promise<void> {
  const late = sleep(stopMs, true);
  try {
    if ((await Promise.race([plugin.stop(), late])) === true) {
      log.warn('The plugin did not stop in time', { waitedMs: stopMs });
    }
  } catch (error) {
    log.error('The plugin failed to stop', { error: error instanceof Error ? error : String(error) });
  }
}
