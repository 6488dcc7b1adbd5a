import { forgetServer } from './forget-server';

const source = { forgetServer: async (server: string) => server === 'old' };

test('a PBX that is gone is forgotten', async () => {
  expect(await forgetServer(source, { server: 'old' })).toEqual({ forgotten: 'old' });
});

test.each([
  [{ server: 'pbx' }, 'is heard, by this Grafana server'],
  [{}, 'Expected the name of a PBX'],
  [undefined, 'Expected the name of a PBX'],
])('%j forgets none: %s', async (body, message) => {
  await expect(forgetServer(source, body)).rejects.toThrow(message);
});
