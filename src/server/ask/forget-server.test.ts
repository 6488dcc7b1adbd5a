import { forgetServer } from './forget-server';

const source = { forgetServer: (server: string) => server === 'old' };

test('a PBX that is gone is forgotten', () => {
  expect(forgetServer(source, { server: 'old' })).toEqual({ forgotten: 'old' });
});

test.each([
  [{ server: 'pbx' }, 'is heard now'],
  [{}, 'Expected the name of a PBX'],
  [undefined, 'Expected the name of a PBX'],
])('%j forgets none: %s', (body, message) => {
  expect(() => forgetServer(source, body)).toThrow(message);
});
