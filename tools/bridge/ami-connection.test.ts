import { startCutProxy } from '../../tests/support/cut-proxy';
import { startFakeAmi, type FakeAmi, type FakeAmiOptions } from '../../tests/support/fake-ami';
import { connectAmi, type AmiConnection, type AmiMessage } from './ami-connection';

const cleanups: Array<() => unknown> = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) {
    await cleanup();
  }
});

async function pbx(options: FakeAmiOptions = {}): Promise<FakeAmi> {
  const ami = await startFakeAmi(options);
  cleanups.push(ami.close);
  return ami;
}

async function connect(port: number, onMessage: (message: AmiMessage) => void): Promise<AmiConnection> {
  const server = { name: 'pbx', host: '127.0.0.1', port, user: 'amiws', secret: 'secret' };
  const connection = await connectAmi(server, onMessage);
  cleanups.push(connection.close);
  return connection;
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

const logins = (ami: FakeAmi): number => ami.received.filter((action) => action.startsWith('Action: Login')).length;

it('a PBX that restarts is heard again, with what nothing reads too', async () => {
  const first = await startFakeAmi();
  const events: string[] = [];
  const connection = await connect(first.port, ({ Event: event }) => void (event && events.push(event)));
  first.say('Event: VarSet\r\n\r\n');
  await until(() => events.includes('VarSet'));
  await first.close();
  const second = await pbx({ port: first.port });
  await until(() => events.filter((name) => name === 'FullyBooted').length === 2);
  expect(events).toEqual(['FullyBooted', 'VarSet', 'FullyBooted']);
  connection.send({ Action: 'Originate', Channel: 'Local/1' });
  await until(() => second.received.some((action) => action.includes('Originate')));
});

it.each<[string, FakeAmiOptions, RegExp]>([
  ['another service', { greeting: 'SSH-2.0-Open\r\n' }, /^pbx is not connected\. .*SSH/],
  ['a wrong secret', { secret: 'other' }, /^pbx is not connected\. .*Authentication failed/],
  ['a PBX without a challenge, to which no secret is said', { challenges: false }, /^pbx is not connected\. .*MD5/],
])('tells of %s', async (_, options, message) => {
  const ami = await pbx(options);
  await expect(connect(ami.port, () => undefined)).rejects.toThrow(message);
  expect(ami.received.join()).not.toContain('secret');
});

it('is opened again where nothing comes any more, though TCP does not end', async () => {
  jest.useFakeTimers({ doNotFake: ['setTimeout', 'setImmediate', 'nextTick', 'queueMicrotask', 'Date'] });
  cleanups.push(() => jest.useRealTimers());
  const ami = await pbx();
  const proxy = await startCutProxy(ami.port);
  cleanups.push(proxy.close);
  await connect(proxy.port, () => undefined);
  proxy.hang(true);
  for (let beat = 0; beat < 5; beat++) {
    jest.advanceTimersByTime(15_000);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  proxy.hang(false);
  while (logins(ami) < 2) {
    jest.advanceTimersByTime(1_000);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
});
