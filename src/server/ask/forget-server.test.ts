import type { ConnectionChoice } from '../../settings/pbx-settings';
import { parseSettings } from '../../settings/settings';
import { forgetServer } from './forget-server';

const pbxes = [{ server: 'own' }];
const source = (connection: ConnectionChoice = 'both') => ({
  forgetServer: async (server: string) => server === 'old',
  settings: parseSettings({ connection, pbxes }),
});

test('a PBX that is gone is forgotten', async () => {
  expect(await forgetServer(source(), { server: 'old' })).toEqual({ forgotten: 'old' });
});

test.each([
  [{ server: 'pbx' }, 'is heard, by this Grafana server'],
  [{}, 'Expected the name of a PBX'],
  [undefined, 'Expected the name of a PBX'],
])('%j forgets none: %s', async (body, message) => {
  await expect(forgetServer(source(), body)).rejects.toThrow(message);
});

test.each<[string, ConnectionChoice, RegExp]>([
  ['pbx', 'amiws', /from amihosts in amiws\.yaml first\.$/],
  ['pbx', 'both', /from amihosts in amiws\.yaml first\.$/],
  ['own', 'both', /Remove it under Connection first\.$/],
  ['pbx', 'ami', /Remove it under Connection first\.$/],
])('%s, heard with %s, is to be removed where it is set', async (server, connection, message) => {
  await expect(forgetServer(source(connection), { server })).rejects.toThrow(message);
});
