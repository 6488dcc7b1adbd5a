import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { filter, firstValueFrom, map, take, timeout, toArray, type Observable } from 'rxjs';
import { startCutProxy } from '../../tests/support/cut-proxy';
import { startFakeAmi, type FakeAmiOptions } from '../../tests/support/fake-ami';
import { selfSignedCertificate } from '../../tests/self-signed-certificate';
import type { AmiwsSignal } from '../amiws/keep-connected';
import type { AmiAddress } from './ami-socket';
import { connectAmi } from './connect-ami';
import { sentence } from '../sentences/sentence';

const cleanups: Array<() => unknown> = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) {
    await cleanup();
  }
});

async function fakeAmi(options: FakeAmiOptions = {}) {
  const ami = await startFakeAmi(options);
  cleanups.push(ami.close);
  return ami;
}

const addressOf = (port: number): AmiAddress => ({
  server: 'pbx',
  host: '127.0.0.1',
  port,
  tls: false,
  user: 'grafana',
  secret: 'secret',
});

function connect(port: number, address: Partial<AmiAddress> = {}): Observable<AmiwsSignal> {
  return connectAmi({ ...addressOf(port), ...address }, { random: () => 1 }).pipe(timeout(15_000));
}

type Disconnected = Extract<AmiwsSignal, { state: 'disconnected' }>;

function failure(signals: Observable<AmiwsSignal>): Promise<Disconnected> {
  const isDisconnected = (signal: AmiwsSignal): signal is Disconnected =>
    signal.kind === 'state' && signal.state === 'disconnected';
  return firstValueFrom(signals.pipe(filter(isDisconnected)));
}

const words = (signal: AmiwsSignal): string =>
  'state' in signal
    ? `${signal.kind} ${signal.state} ${signal.server}`
    : signal.frame.kind === 'event'
      ? signal.frame.name
      : signal.frame.kind;

/** The first signals but for the answers to actions. */
function told(signals: Observable<AmiwsSignal>, count: number): Promise<string[]> {
  const isAnswer = (signal: AmiwsSignal): boolean =>
    (signal.kind === 'frame' && signal.frame.kind === 'response') ||
    (signal.kind === 'server' && 'clockOffsetMs' in signal);
  return firstValueFrom(
    signals.pipe(
      filter((signal) => !isAnswer(signal)),
      map(words),
      filter((word) => word !== 'QueueStatusComplete'),
      take(count),
      toArray()
    )
  );
}

it.each([
  ['by a challenge', {}],
  ['with the secret over TLS where there is none', { challenges: false, tls: selfSignedCertificate() }],
])('logs in %s, asks for the least, and takes its leave', async (_, options: FakeAmiOptions) => {
  const ami = await fakeAmi(options);
  const address = options.tls ? { tls: true, ca: options.tls.cert } : {};
  const signals: string[] = [];
  const subscription = connect(ami.port, address).subscribe((signal) => signals.push(words(signal)));
  const sent = async (action: string): Promise<void> => {
    while (!ami.received.some((text) => text.startsWith(`Action: ${action}`))) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  };
  await Promise.all([sent('Ping'), sent('QueueStatus')]);
  expect(signals.slice(0, 3)).toEqual(['state connecting pbx', 'state connected pbx', 'server up pbx']);
  subscription.unsubscribe();
  await sent('Logoff');
  const actions = ami.received.map((action) => /^Action: (\w+)/.exec(action)![1]);
  expect(actions).toEqual(['Challenge', 'Login', expect.any(String), expect.any(String), 'Logoff']);
  expect(actions.slice(2, 4).sort()).toEqual(['Ping', 'QueueStatus']);
  expect(ami.received[1]).toContain('Events: system,call,agent,cdr');
  expect(ami.received.some((action) => action.includes('Secret'))).toBe(options.tls !== undefined);
});

it('says no secret where others could read it', async () => {
  const ami = await fakeAmi({ challenges: false });
  expect(await failure(connect(ami.port))).toMatchObject({ server: 'pbx', reason: 'clear-text' });
  expect(ami.received.join()).not.toContain('secret');
});

it('a line that an account would smuggle in is none', async () => {
  const ami = await fakeAmi();
  await told(connect(ami.port, { user: 'a\r\nAction: Originate\r\n\r\nAction: Originate' }), 2);
  expect(ami.received.every((action) => !/^Action: Originate/m.test(action))).toBe(true);
});

it.each<[string, FakeAmiOptions, Partial<AmiAddress>, Partial<Disconnected>]>([
  [
    'a wrong secret, which is not tried again soon',
    {},
    { secret: 'wrong' },
    {
      reason: 'login',
      detail: sentence('connection.found.login-refused', { answer: 'Authentication failed' }),
      retryInMs: 30_000,
    },
  ],
  ['an SSH server', { greeting: 'SSH-2.0-Open' }, {}, { reason: 'not-ami', detail: sentence('connection.found.ssh') }],
  ['a host without TLS', {}, { tls: true }, { reason: 'not-ami' }],
  ['a certificate that nobody vouches for', { tls: selfSignedCertificate() }, { tls: true }, { reason: 'certificate' }],
  ['an authority that is none', {}, { tls: true, ca: 'none' }, { reason: 'certificate' }],
])('tells of %s', async (_, options, address, expected) => {
  const ami = await fakeAmi(options);
  expect(await failure(connect(ami.port, address))).toMatchObject(expected);
});

it('tells of a user that may log in only once, and tries again soon: a login before it may be about to end', async () => {
  const ami = await fakeAmi({ single: true });
  const first = connect(ami.port).subscribe();
  cleanups.push(() => first.unsubscribe());
  while (!ami.received.some((action) => action.startsWith('Action: QueueStatus'))) {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  const found = await failure(connect(ami.port));
  expect(found).toMatchObject({
    reason: 'in-use',
    detail: sentence('connection.found.login-refused', { answer: 'Login Already In Use' }),
  });
  expect(found.retryInMs).toBeLessThan(3_000);
});

it('tells of a certificate for another name', async () => {
  const tls = selfSignedCertificate();
  const ami = await fakeAmi({ tls });
  const found = await failure(connect(ami.port, { host: 'localhost', tls: true, ca: tls.cert }));
  expect(found).toMatchObject({ reason: 'certificate', detail: { id: 'connection.found.other-name' } });
});

it('tells of a port where nothing listens, and of one that closes at once', async () => {
  const server = createServer((socket) => socket.end()).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  expect(await failure(connect(port))).toMatchObject({
    reason: 'closed',
    detail: sentence('connection.found.closed-greeting'),
  });
  server.close();
  await once(server, 'close');
  expect(await failure(connect(port))).toMatchObject({ reason: 'refused' });
});

it('connects again when the PBX is cut off, or a proxy between', async () => {
  const ami = await fakeAmi();
  const signals: string[] = [];
  const subscription = connect(ami.port).subscribe((signal) => signals.push(words(signal)));
  cleanups.push(() => subscription.unsubscribe());
  const heard = async (times: number): Promise<void> => {
    while (signals.filter((word) => word === 'FullyBooted').length < times) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  };
  await heard(1);
  ami.cut();
  await heard(2);
  expect(signals.filter((word) => word.startsWith('s'))).toEqual([
    'state connecting pbx',
    'state connected pbx',
    'server up pbx',
    ...signals.filter((word) => word === 'server up pbx').slice(2),
    'state disconnected pbx',
    'server down pbx',
    'state connecting pbx',
    'state connected pbx',
    'server up pbx',
  ]);
});

it('ends a connection whose Pings go unanswered, though TCP does not', async () => {
  jest.useFakeTimers({ doNotFake: ['setTimeout', 'setImmediate', 'nextTick', 'queueMicrotask', 'Date'] });
  cleanups.push(() => jest.useRealTimers());
  const ami = await fakeAmi();
  const proxy = await startCutProxy(ami.port);
  cleanups.push(proxy.close);
  const signals: AmiwsSignal[] = [];
  const subscription = connectAmi(addressOf(proxy.port)).subscribe((signal) => signals.push(signal));
  cleanups.push(() => subscription.unsubscribe());
  while (!signals.some((signal) => words(signal) === 'FullyBooted')) {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  proxy.hang(true);
  for (let beat = 0; beat < 5; beat++) {
    jest.advanceTimersByTime(15_000);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  expect(signals.map(words)).toEqual(expect.arrayContaining(['state disconnected pbx', 'server down pbx']));
  expect(signals).toContainEqual(
    expect.objectContaining({ reason: 'timeout', detail: sentence('connection.found.no-ping', { seconds: 45 }) })
  );
});

it('leaves a turn to all else after each packet of a PBX that sends without end', async () => {
  const ami = await fakeAmi();
  const flood = 'Event: Cdr\r\nUniqueID: 1.1\r\n\r\n'.repeat(50_000);
  let records = 0;
  let mostAtOnce = 0;
  const subscription = connect(ami.port).subscribe((signal) => {
    records += words(signal) === 'Cdr' ? 1 : 0;
    if (words(signal) === 'FullyBooted') {
      ami.say(flood);
    }
  });
  cleanups.push(() => subscription.unsubscribe());
  for (let before = 0; records < 50_000; before = records) {
    await new Promise((resolve) => setImmediate(resolve));
    mostAtOnce = Math.max(mostAtOnce, records - before);
  }
  // A packet of 64 kB holds 2,200 of them, and one more may have been read meanwhile.
  expect(mostAtOnce).toBeLessThan(5_000);
});
