import { LiveChannels } from './live-channels';

const person = (login: string, role: string) => ({
  login,
  name: `Name of ${login}`,
  email: `${login}@example.com`,
  role,
});
const admin = person('root', 'Admin');
const now = 1_700_000_000_000;
const limits = { ofOneUser: 3, ofViewers: 6, inAll: 8 };

/** How many of so many channels someone may open, each of another question. */
function admitted(channels: LiveChannels, user: Parameters<LiveChannels['admit']>[1], count: number, at = now): number {
  const paths = Array.from({ length: count }, (_, n) => `live/${user?.login}-${n}-${at}`);
  return paths.filter((path) => channels.admit(path, user, at)).length;
}

beforeEach(() => jest.useFakeTimers({ now }));
afterEach(() => jest.useRealTimers());

test('however many sockets a user opens, others have room', () => {
  const channels = new LiveChannels(limits);
  expect(admitted(channels, person('greedy', 'Editor'), 100)).toBe(3);
  expect(admitted(channels, admin, 2)).toBe(2);
});

test('those who are nobody are one user: anonymous, a public dashboard, a service account', () => {
  const channels = new LiveChannels(limits);
  expect(admitted(channels, undefined, 2)).toBe(2);
  expect(admitted(channels, { login: 'service', name: '', email: '', role: 'Admin' }, 2)).toBe(1);
  expect(admitted(channels, { login: 'sa-1-wallboard', name: 'x', email: '', role: 'Viewer' }, 2)).toBe(0);
});

test('Viewers, however many, leave room for Editors and Admins, and all together have a bound', () => {
  const channels = new LiveChannels(limits);
  expect(['a', 'b', 'c', 'd'].map((login) => admitted(channels, person(login, 'Viewer'), 3))).toEqual([3, 3, 0, 0]);
  expect(admitted(channels, admin, 3)).toBe(2);
  expect(admitted(channels, person('late', 'Admin'), 1)).toBe(0);
});

test('whoever comes to an open channel needs no room', async () => {
  const channels = new LiveChannels({ ...limits, ofOneUser: 1 });
  let end = (): void => undefined;
  expect(channels.admit('live/open', admin, now)).toBe(true);
  const running = channels.run('live/open', admin, () => new Promise<void>((resolve) => (end = resolve)));
  expect(channels.admit('live/open', admin, now)).toBe(true);
  expect(channels.admit('live/open', person('other', 'Viewer'), now)).toBe(true);
  expect(channels.admit('live/second', admin, now)).toBe(false);
  end();
  await running;
  expect(channels.admit('live/second', admin, now)).toBe(true);
});

test('a channel that was let in and whose stream never began gives its room back', () => {
  const channels = new LiveChannels(limits);
  expect(admitted(channels, admin, 3)).toBe(3);
  expect(admitted(channels, admin, 3, now + 9_000)).toBe(0);
  expect(admitted(channels, admin, 3, now + 11_000)).toBe(3);
});

test('a stream without room fails with what to do, and one that fails makes room', async () => {
  const channels = new LiveChannels({ ...limits, ofOneUser: 1 });
  const failed = channels.run('live/a', admin, () => Promise.reject(new Error('The data source has stopped')));
  await expect(channels.run('live/b', admin, async () => undefined)).rejects.toThrow('Turn off Live');
  await expect(failed).rejects.toThrow('has stopped');
  await expect(channels.run('live/b', admin, async () => undefined)).resolves.toBeUndefined();
});
