import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { bundlePage } from './bundle-page';
import { serveWorkbench } from './serve-workbench';
import { businessHours, directory, wrapUpTimes } from '../simulator/staff';
import { startSimulator } from '../simulator/start-simulator';
import type { DataSource } from '../plugin-host/data-source';
import { startPlugin } from '../plugin-host/start-plugin';
import { watchSources } from './watch-sources';

const root = path.join(import.meta.dirname, '../..');
const port = Number(process.env.PORT ?? 3999);
/** Simulated seconds in a second. */
const speed = 30;

/**
 * `npm start`: a simulated call center (or the amiws at AMIWS_URL), the built plugin hosted over Grafana's plugin
 * protocol, and a page with its configuration page and query editor on live calls. `--watch` builds again on change.
 */
async function workbench(): Promise<void> {
  const cache = path.join(root, '.cache/workbench');
  const dataPath = process.env.WORKBENCH_DATA ?? path.join(cache, 'data');
  const simulator = process.env.AMIWS_URL
    ? null
    : await startSimulator({ port: 0, speed, history: 6, timestampEvents: true });
  if (simulator) {
    // Each start simulates another day: the one before is not its history.
    rmSync(dataPath, { recursive: true, force: true });
  }
  mkdirSync(dataPath, { recursive: true });
  const amiwsUrl = process.env.AMIWS_URL ?? `ws://127.0.0.1:${simulator!.port}`;
  await bundlePage(path.join(cache, 'page'));

  let plugin = await startPlugin({ dataPath });
  const jsonData = { amiwsUrl, ...(simulator && { directory, businessHours, wrapUpTimes: wrapUpTimes(speed) }) };
  const dataSource: DataSource = { uid: 'workbench', name: 'Asterisk CDR', jsonData, updated: 1 };
  await plugin.client.checkHealth(dataSource);

  const server = serveWorkbench({
    client: () => plugin.client,
    dataSource,
    pageFolder: path.join(cache, 'page'),
    pluginFolder: path.join(root, 'dist'),
  });
  server.listen(port, '127.0.0.1', () =>
    console.log(`The workbench is at http://127.0.0.1:${port} (amiws: ${amiwsUrl})`)
  );

  const watching = process.argv.includes('--watch')
    ? watchSources(root, async () => {
        await plugin.stop();
        plugin = await startPlugin({ dataPath });
        await plugin.client.checkHealth(dataSource);
      })
    : null;

  const stop = async (): Promise<void> => {
    watching?.close();
    server.closeAllConnections();
    server.close();
    await plugin.stop();
    await simulator?.close();
    process.exit(0);
  };
  process.once('SIGINT', () => void stop());
  process.once('SIGTERM', () => void stop());
}

workbench().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exit(1);
});
