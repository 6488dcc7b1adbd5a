import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { createServer as createTcpServer, type AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { filter, firstValueFrom, map, Subject, take, tap, timeout, toArray, type Observable } from 'rxjs';
import { WebSocketServer, type WebSocket } from 'ws';
import { selfSignedCertificate } from '../../tests/self-signed-certificate';
import { browserSocket } from './browser-socket';
import { connectAmiws, type AmiwsOptions } from './connect-amiws';
import type { AmiwsSignal } from './keep-connected';
import { nodeSocket } from './node-socket';
import { english } from '../sentences/english';
import { sentence } from '../sentences/sentence';

const cleanups: Array<() => unknown> = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) {
    await cleanup();
  }
});

const cdr =
  '{ "type": 3, "server_id": 1, "server_name": "pbx-east", "ssl": false, "data": {"Event": "Cdr","UniqueID": "1.1"}}';

/** A WebSocket server in the place of amiws, over the given HTTP server. */
async function fakeAmiws(
  server: Server,
  onClient: (client: WebSocket, headers: NodeJS.Dict<string | string[]>) => void
) {
  const sockets = new WebSocketServer({ server });
  sockets.on('connection', (client, request) => onClient(client, request.headers));
  const port = await listen(server);
  cleanups.push(() => sockets.clients.forEach((client) => client.terminate()));
  return port;
}

async function listen(server: Server | ReturnType<typeof createTcpServer>): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  cleanups.push(() => new Promise((resolve) => server.close(resolve)));
  return (server.address() as AddressInfo).port;
}

function connect(url: string, options: Partial<AmiwsOptions> = {}): Observable<AmiwsSignal> {
  return connectAmiws(url, { openSocket: nodeSocket, ...options }).pipe(timeout(8_000));
}

type Disconnected = Extract<AmiwsSignal, { state: 'disconnected' }>;

/** The first failure that is told. */
function failure(url: string, options: Partial<AmiwsOptions> = {}): Promise<Disconnected> {
  const isDisconnected = (signal: AmiwsSignal): signal is Disconnected =>
    signal.kind === 'state' && signal.state === 'disconnected';
  return firstValueFrom(connect(url, options).pipe(filter(isDisconnected)));
}

function words(signals: AmiwsSignal[]): string[] {
  return signals.map((signal) => ('state' in signal ? `${signal.kind} ${signal.state}` : `frame ${signal.frame.kind}`));
}

function firstFrame(url: string, options: Partial<AmiwsOptions> = {}) {
  return firstValueFrom(
    connect(url, options).pipe(
      filter((signal) => signal.kind === 'frame'),
      map(({ frame }) => frame)
    )
  );
}

describe.each([
  ['Node', nodeSocket],
  ['browser', browserSocket],
])('the %s socket', (_, openSocket) => {
  it('tells the connection, the server and its frames', async () => {
    const port = await fakeAmiws(createServer(), (client) => client.send(cdr));
    const signals = await firstValueFrom(connect(`ws://127.0.0.1:${port}`, { openSocket }).pipe(take(4), toArray()));
    expect(words(signals)).toEqual(['state connecting', 'state connected', 'server up', 'frame event']);
  });

  it('tells that nothing listens', async () => {
    const port = await listen(createTcpServer());
    await cleanups.pop()?.();
    expect(await failure(`ws://127.0.0.1:${port}`, { openSocket })).toMatchObject({ reason: 'refused' });
  });

  it('tells that an address can not be used', async () => {
    const told = await failure('amiws', { openSocket });
    expect(told).toMatchObject({ reason: 'not-amiws', detail: sentence('connection.found.bad-url') });
  });

  it('connects again when the connection closes', async () => {
    let clients = 0;
    const port = await fakeAmiws(createServer(), (client) => {
      clients++;
      client.send(cdr);
      if (clients === 1) {
        client.close(1012, 'restart');
      }
    });
    const signals = await firstValueFrom(
      connect(`ws://127.0.0.1:${port}`, { openSocket, random: () => 1 }).pipe(take(10), toArray())
    );
    expect(words(signals)).toEqual([
      'state connecting',
      'state connected',
      'server up',
      'frame event',
      'state disconnected',
      'server down',
      'state connecting',
      'state connected',
      'server up',
      'frame event',
    ]);
    expect(signals[4]).toMatchObject({
      reason: 'closed',
      detail: sentence('connection.found.closed', { code: '1012' }),
      retryInMs: 1000,
    });
  });

  it('closes the connection when nobody listens any more', async () => {
    const closed = new Promise<void>((resolve) => {
      void fakeAmiws(createServer(), (client) => {
        client.on('close', () => resolve());
        client.send(cdr);
      }).then((port) => firstFrame(`ws://127.0.0.1:${port}`, { openSocket }));
    });
    await closed;
  });
});

describe('what is sent', () => {
  it('is Ping, and QueueStatus where asked for, and nothing else', async () => {
    const received: unknown[] = [];
    const port = await fakeAmiws(createServer(), (client) =>
      client.on('message', (data) => {
        received.push(JSON.parse(data.toString()));
        if (received.length === 2) {
          client.send(cdr);
        }
      })
    );
    await firstFrame(`ws://127.0.0.1:${port}`, { queueStatus: true, random: () => 0.5 });
    expect(received).toHaveLength(2);
    expect(received).toEqual(
      expect.arrayContaining([
        { Action: 'Ping', ActionID: expect.stringMatching(/^cdr-[0-9a-z]+-0$/) },
        { Action: 'QueueStatus', ActionID: expect.stringMatching(/^cdr-[0-9a-z]+-queues$/) },
      ])
    );
  });

  it('carries basic authentication in UTF-8 and extra headers', async () => {
    const seen: Array<NodeJS.Dict<string | string[]>> = [];
    const port = await fakeAmiws(createServer(), (client, headers) => {
      seen.push(headers);
      client.send(cdr);
    });
    await firstFrame(`ws://127.0.0.1:${port}`, {
      basicAuth: { user: 'josé', password: 'p:ß' },
      headers: { 'X-Token': 'secret' },
    });
    expect(Buffer.from(String(seen[0]?.authorization).replace('Basic ', ''), 'base64').toString()).toBe('josé:p:ß');
    expect(seen[0]?.['x-token']).toBe('secret');
  });
});

describe('over TLS', () => {
  const certificate = selfSignedCertificate();
  const secureAmiws = () => fakeAmiws(createTlsServer({ ...certificate }), (client) => client.send(cdr));

  it('trusts a certificate of the own authority', async () => {
    const url = `wss://127.0.0.1:${await secureAmiws()}`;
    expect(await firstFrame(url, { tls: { ca: certificate.cert } })).toMatchObject({ server: 'pbx-east' });
  });

  it('trusts any certificate only when asked to', async () => {
    const url = `wss://127.0.0.1:${await secureAmiws()}`;
    expect(await firstFrame(url, { tls: { skipVerify: true } })).toMatchObject({ server: 'pbx-east' });
    expect(await failure(url)).toMatchObject({ reason: 'certificate' });
  });

  it('refuses a certificate of another authority', async () => {
    const url = `wss://127.0.0.1:${await secureAmiws()}`;
    expect(await failure(url, { tls: { ca: selfSignedCertificate().cert } })).toMatchObject({ reason: 'certificate' });
  });

  it('says that an authority is not PEM', async () => {
    const told = await failure('wss://127.0.0.1:1', { tls: { ca: 'secret' } });
    expect(told).toMatchObject({ reason: 'certificate', detail: sentence('connection.found.bad-ca') });
  });

  it('tells a port that speaks no TLS', async () => {
    const port = await fakeAmiws(createServer(), () => undefined);
    expect(await failure(`wss://127.0.0.1:${port}`)).toMatchObject({ reason: 'not-amiws' });
  });
});

describe('what is not amiws', () => {
  it('gets ten seconds for its handshake, however many header lines it sends', async () => {
    jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask', 'Date', 'performance'] });
    cleanups.push(() => jest.useRealTimers());
    const told = new Promise<Disconnected>((resolve) => {
      const server = createTcpServer((socket) => {
        socket.on('error', () => undefined);
        socket.write('HTTP/1.1 101 Switching Protocols\r\n');
        const drip = setInterval(() => socket.write('X-More: 1\r\n'), 1_000);
        socket.on('close', () => clearInterval(drip));
        jest.advanceTimersByTime(11_000);
      });
      void listen(server).then((port) => {
        const subscription = connectAmiws(`ws://127.0.0.1:${port}`, { openSocket: nodeSocket }).subscribe(
          (signal) => signal.kind === 'state' && signal.state === 'disconnected' && resolve(signal)
        );
        cleanups.push(() => subscription.unsubscribe());
      });
    });
    expect(await told).toMatchObject({
      reason: 'timeout',
      detail: sentence('connection.found.no-handshake', { seconds: 10 }),
    });
  });

  it('is left after some interim answers', async () => {
    const port = await listen(
      createTcpServer((socket) => {
        socket.resume().on('error', () => undefined);
        socket.write('HTTP/1.1 102 Processing\r\n\r\n'.repeat(1_000));
      })
    );
    expect(await failure(`ws://127.0.0.1:${port}`)).toMatchObject({
      reason: 'not-amiws',
      detail: sentence('connection.found.interim'),
    });
  });

  it.each(['a web page', 'frames', 'a reason to close'])('shows nothing of what it sends: %s', async (what) => {
    const secret = 'root:x:0:0';
    const port = await (what === 'a web page'
      ? listen(createServer((_, response) => response.writeHead(404, secret).end(secret)))
      : fakeAmiws(createServer(), (client) =>
          what === 'frames' ? ['a', 'b', 'c'].forEach(() => client.send(secret)) : client.close(1008, secret)
        ));
    expect(english([(await failure(`ws://127.0.0.1:${port}`)).detail])).not.toContain(secret);
  });

  it.each([
    [401, 'unauthorized'],
    [403, 'unauthorized'],
    [404, 'not-amiws'],
    [200, 'not-amiws'],
  ])('is told by HTTP status %i as %s', async (status, reason) => {
    const port = await listen(createServer((_, response) => response.writeHead(status).end()));
    const told = await failure(`ws://127.0.0.1:${port}`);
    expect(told).toMatchObject({ reason, detail: sentence('connection.found.status', { status: String(status) }) });
  });

  it('is told by the first frames', async () => {
    const port = await fakeAmiws(createServer(), (client) => ['a', '{}', 'b'].forEach((text) => client.send(text)));
    expect(await failure(`ws://127.0.0.1:${port}`)).toMatchObject({ reason: 'not-amiws' });
  });

  it('is told of a host that nobody knows', async () => {
    expect(await failure('ws://amiws.invalid:1')).toMatchObject({ reason: 'dns' });
  });
});

it('tries once more at once when the action of another client breaks into the handshake', async () => {
  const amiws = createServer();
  await fakeAmiws(amiws, (client) => client.send(cdr));
  let attempts = 0;
  const port = await listen(
    createTcpServer((socket) => {
      attempts++;
      if (attempts === 1) {
        socket.resume().end('Action: Ping\r\nActionID: other-1\r\n\r\n');
      } else {
        amiws.emit('connection', socket);
      }
    })
  );
  const signals = await firstValueFrom(connect(`ws://127.0.0.1:${port}`).pipe(take(4), toArray()));
  expect(words(signals)).toEqual(['state connecting', 'state connected', 'server up', 'frame event']);
  expect(attempts).toBe(2);
});

it('tries again at once when it is told to, however long it would have waited', async () => {
  const port = await listen(createTcpServer());
  await cleanups.pop()?.();
  const retryNow = new Subject<void>();
  const failures = connect(`ws://127.0.0.1:${port}`, { retryNow, random: () => 1 }).pipe(
    filter((signal) => signal.kind === 'state' && signal.state === 'disconnected'),
    tap(() => setImmediate(() => retryNow.next())),
    take(6),
    toArray()
  );
  const waits = (await firstValueFrom(failures)).map((signal) => ('retryInMs' in signal ? signal.retryInMs : 0));
  // Longer by far than `connect` allows.
  expect(waits.reduce((sum, wait) => sum + wait)).toBeGreaterThan(20_000);
});

it('keeps the connection and the fields when a caller name is Latin-1', async () => {
  const latin1 = Buffer.from(cdr.replace('"UniqueID"', '"CallerID": "Andr\xe9 x","UniqueID"'), 'latin1');
  const port = await fakeAmiws(createServer(), (client) => {
    client.send(latin1, { binary: false });
    client.send(cdr);
  });
  const frames = await firstValueFrom(
    connect(`ws://127.0.0.1:${port}`).pipe(
      filter((signal) => signal.kind === 'frame'),
      take(2),
      toArray()
    )
  );
  expect(frames[0]?.frame).toMatchObject({ recovered: true, fields: { CallerID: 'André x', UniqueID: '1.1' } });
  expect(frames[1]?.frame).toMatchObject({ recovered: false });
});

it('closes the connection on a message beyond 16 MiB', async () => {
  const port = await fakeAmiws(createServer(), (client) => client.send(Buffer.alloc(16 * 1024 * 1024 + 1)));
  const told = await failure(`ws://127.0.0.1:${port}`);
  expect(told).toMatchObject({
    reason: 'closed',
    detail: { values: { message: expect.stringContaining('Max payload size exceeded') } },
  });
});

describe('a peer that answers no ping, though its TCP connection stands,', () => {
  const beat = 15_000;

  /** What is told of one when the first beat comes so late and so many follow in time; the actions that it was sent. */
  async function afterBeats(lateMs: number, more: number): Promise<{ told: AmiwsSignal[]; sent: string[] }> {
    jest.useFakeTimers({
      doNotFake: ['nextTick', 'setImmediate', 'setTimeout', 'clearTimeout', 'queueMicrotask', 'Date', 'performance'],
    });
    cleanups.push(() => jest.useRealTimers());
    let now = 0;
    const clock = jest.spyOn(performance, 'now').mockImplementation(() => now);
    cleanups.push(() => clock.mockRestore());
    const pulse = (late = 0): void => {
      now += beat + late;
      jest.advanceTimersByTime(beat);
    };
    const server = createServer();
    const sockets = new WebSocketServer({ server, autoPong: false });
    cleanups.push(() => sockets.clients.forEach((client) => client.terminate()));
    const sent: string[] = [];
    sockets.on('connection', (client) => {
      client.on('message', (data) => sent.push(String(data)));
      client.on('ping', () => sent.push('ping'));
    });
    const port = await listen(server);
    const told: AmiwsSignal[] = [];
    const subscription = connectAmiws(`ws://127.0.0.1:${port}`, { openSocket: nodeSocket }).subscribe((signal) =>
      told.push(signal)
    );
    cleanups.push(() => subscription.unsubscribe());
    await once(sockets, 'connection');
    await sleep(50);
    // The first Ping goes out at once.
    jest.advanceTimersByTime(0);
    pulse(lateMs);
    Array.from({ length: more }, () => pulse());
    await sleep(50);
    return { told, sent };
  }

  const gone = expect.objectContaining({ state: 'disconnected', reason: 'timeout' });

  it('is given up', async () => {
    expect((await afterBeats(0, 2)).told).toContainEqual(gone);
  });

  it('has as long again to answer as the process was halted, and is sent nothing meanwhile', async () => {
    const { told, sent } = await afterBeats(4 * beat, 4);
    expect(told).not.toContainEqual(gone);
    expect(sent).toEqual([expect.stringContaining('Ping')]);
  });

  it('is given up after that', async () => {
    expect((await afterBeats(4 * beat, 7)).told).toContainEqual(gone);
  });
});
