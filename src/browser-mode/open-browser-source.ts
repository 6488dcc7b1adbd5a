import { browserSocket } from '../amiws/browser-socket';
import type { BrowserSource } from './browser-source';

/**
 * The data source without its server part, as this page has it. Its code is loaded only where it is chosen.
 * @param grafanaUrl origin and path that Grafana is served under
 * @throws Error that names the setting which can't be used
 */
export async function openBrowserSource(uid: string, jsonData: unknown, grafanaUrl: string): Promise<BrowserSource> {
  const { BrowserSource } = await import(/* webpackChunkName: "browser-mode" */ './browser-source');
  return new BrowserSource(jsonData, {
    uid,
    grafanaUrl,
    openSocket: browserSocket,
    readStatus: async (url) => (await fetch(url)).status,
  });
}
