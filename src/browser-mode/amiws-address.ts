import type { CdrSettings } from '../settings/settings';

/** Path of the route in plugin.json that leads to amiws. */
const route = 'amiws/';

/** The page that amiws is reached from. */
export interface Page {
  /** Origin and path that Grafana is served under, such as `https://grafana.example.com/grafana`. */
  grafanaUrl: string;
  uid: string;
}

/**
 * The WebSocket that a browser opens: amiws itself, or Grafana's data source proxy, which asks for the user's session and
 * role before it lets through to amiws.
 */
export function amiwsAddress({ browserAccess, amiwsUrl }: CdrSettings, { grafanaUrl, uid }: Page): string {
  return browserAccess === 'direct'
    ? amiwsUrl
    : `${grafanaUrl.replace(/^http/, 'ws')}/api/datasources/proxy/uid/${uid}/${route}`;
}
