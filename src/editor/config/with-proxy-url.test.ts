import type { SettingsJson } from '../../datasource/panel-query';
import { withProxyUrl } from './with-proxy-url';

/** As Grafana saves it. */
const saved = (settings: SettingsJson): unknown => JSON.parse(JSON.stringify(withProxyUrl(settings)));

test.each([
  ['ws://pbx:8080', 'http://pbx:8080'],
  [' wss://pbx/amiws ', 'https://pbx/amiws'],
])('a browser that comes through the proxy to %s opens it to %s', (amiwsUrl, amiwsProxyUrl) => {
  expect(saved({ mode: 'browser', amiwsUrl })).toEqual({ mode: 'browser', amiwsUrl, amiwsProxyUrl });
});

test.each<[string, SettingsJson]>([
  ['the server part is chosen', { amiwsUrl: 'ws://pbx:8080' }],
  ['the server part is chosen again', { mode: 'server', amiwsUrl: 'ws://pbx:8080', browserAccess: 'proxy' }],
  ['browsers reach amiws directly', { mode: 'browser', amiwsUrl: 'ws://pbx:8080', browserAccess: 'direct' }],
  ['there is no address yet', { mode: 'browser', amiwsUrl: '' }],
])('the proxy leads nowhere where %s', (_why, settings) => {
  expect(saved({ ...settings, amiwsProxyUrl: 'http://pbx:8080' })).toEqual(settings);
});
