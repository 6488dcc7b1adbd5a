import { parseRules, parseSettings } from './settings';
import { SettingsError } from './settings-error';

const many = <T>(count: number, entry: T) => Array.from({ length: count }, () => entry);
const rule = { field: 'source', pattern: '^0', direction: 'outbound' };

it.each<[string, object, string]>([
  ['201 rules', { directionRules: many(201, rule) }, '"directionRules" must be <=200, found 201'],
  ['201 patterns', { agentPatterns: many(201, '^SIP/(.*)') }, '"agentPatterns" must be <=200, found 201'],
  ['100,000 patterns', { externalChannels: many(100_000, '^SIP/') }, '"externalChannels" has 100,000 entries'],
  [
    'a pattern of a megabyte',
    { directionRules: [{ ...rule, pattern: 'a'.repeat(2 ** 20) }] },
    'has 1,048,576 characters',
  ],
])('%s are refused, in a preview and in settings', (_, json, message) => {
  for (const parse of [parseRules, parseSettings]) {
    expect(() => parse(json)).toThrow(SettingsError);
    expect(() => parse(json)).toThrow(message);
  }
});

test.each(['ws+unix:///run/amiws.sock', 'http://pbx', 'ws:/user:secret@pbx', 'wss:///user:secret@pbx', 'ws://pb\tx'])(
  'the address %j is refused, and not repeated',
  (amiwsUrl) => {
    expect(() => parseSettings({ amiwsUrl })).toThrow(/"amiwsUrl": .*Expected an address such as ws:/);
    expect(() => parseSettings({ amiwsUrl })).not.toThrow(/secret/);
  }
);

test('the address for the proxy holds no password either', () => {
  expect(parseSettings({ amiwsProxyUrl: 'https://pbx/amiws' }).amiwsProxyUrl).toBe('https://pbx/amiws');
  expect(() => parseSettings({ amiwsProxyUrl: 'http:\\\\user:secret@pbx' })).toThrow(/user or password/);
});

test('a data source of before listens to amiws, and PBXes have what is usual where nothing is set', () => {
  expect(parseSettings({ amiwsUrl: 'ws://pbx' })).toMatchObject({ connection: 'amiws', pbxes: [] });
  expect(parseSettings({ connection: 'ami', pbxes: [{ server: ' pbx ' }, null] }).pbxes).toEqual([
    { server: 'pbx', host: '', port: 0, tls: false, user: '' },
    null,
  ]);
  expect(() => parseSettings({ pbxes: many(101, {}) })).toThrow('"pbxes" must be <=100, found 101');
});
