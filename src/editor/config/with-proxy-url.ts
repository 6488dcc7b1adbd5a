import type { SettingsJson } from '../../datasource/panel-query';

/**
 * Settings with the address that Grafana's proxy leads to, which goes with the others. Where no browser comes through the
 * proxy there is none, and the proxy (plugin.json, routes) answers nothing.
 */
export function withProxyUrl(settings: SettingsJson): SettingsJson {
  const { mode, browserAccess = 'proxy', amiwsUrl = '' } = settings;
  const isProxied = mode === 'browser' && browserAccess === 'proxy' && amiwsUrl.trim() !== '';
  // Grafana's proxy wants a WebSocket's address in its http form. JSON leaves out what is undefined.
  return { ...settings, amiwsProxyUrl: isProxied ? amiwsUrl.trim().replace(/^ws/i, 'http') : undefined };
}
