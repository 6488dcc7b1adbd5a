import { credentials, status } from '@grpc/grpc-js';
import type { ServiceError } from '@grpc/grpc-js';
import { describeWhere } from '../../tests/support/describe-where';
import { posix } from '../../tools/test/needs';
import { createServer } from './create-server';
import {
  CallResourceRequest,
  DataClient,
  QueryDataRequest,
  ResourceClient,
  RunStreamRequest,
  StreamClient,
} from './generated/backend';
import { GRPCControllerClient } from './generated/controller';
import { HealthCheckResponse_ServingStatus, HealthClient } from './generated/health';
import { listen } from './listen';
import type { Address } from './listen';
import { createLogger } from './log';
import type { Plugin } from './plugin';
import { PluginError } from './plugin';

const unused = () => Promise.reject(new Error('not called here'));
const emptyPlugin: Plugin = {
  checkHealth: unused,
  collectMetrics: unused,
  queryData: unused,
  callResource: unused,
  subscribeStream: unused,
  publishStream: unused,
  runStream: unused,
  stop: unused,
};

let onBegun: (signal: AbortSignal) => void;

/** What a plugin does that answers nothing until nobody waits for the answer. */
function waiting(signal: AbortSignal): Promise<never> {
  onBegun(signal);
  return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)));
}

const stream = RunStreamRequest.decode(new Uint8Array());
const call = CallResourceRequest.decode(new Uint8Array());
const frame = { fields: [{ name: 'text', type: 'string' as const, values: ['x'.repeat(10_000)] }] };

describeWhere(posix)('createServer', () => {
  let close: Array<() => unknown> = [];
  afterEach(async () => {
    for (const end of close.reverse()) {
      await end();
    }
    close = [];
  });

  /** A listening server of a plugin with the given calls, and a client to it. */
  async function serving<T extends { close(): void }>(
    Client: new (address: string, secure: ReturnType<typeof credentials.createInsecure>) => T,
    plugin: Partial<Plugin> = {},
    shutdown: () => Promise<void> = unused
  ) {
    const stopping = new AbortController();
    const lines: string[] = [];
    const log = createLogger('test', (line) => lines.push(line));
    const server = createServer({ ...emptyPlugin, ...plugin }, { log, stopping: stopping.signal, shutdown });
    const { address, remove }: Address = await listen(server);
    const client = new Client(`unix:${address}`, credentials.createInsecure());
    close.push(
      remove,
      () => server.forceShutdown(),
      () => client.close()
    );
    return { client, stopping, lines };
  }

  it('answers the health check of go-plugin, and says so of services it does not know', async () => {
    const { client } = await serving(HealthClient);
    const check = (service: string) =>
      new Promise((answered, failed) =>
        client.check({ service }, (error, answer) => (error ? failed(error) : answered(answer.status)))
      );
    expect(await check('plugin')).toBe(HealthCheckResponse_ServingStatus.SERVING);
    expect(await check('other')).toBe(HealthCheckResponse_ServingStatus.SERVICE_UNKNOWN);
  });

  it('answers Shutdown only when the plugin has stopped', async () => {
    const order: string[] = [];
    const { client } = await serving(GRPCControllerClient, {}, async () => {
      await new Promise(setImmediate);
      order.push('stopped');
    });
    await new Promise<void>((answered) => client.shutdown({}, () => answered()));
    expect([...order, 'answered']).toEqual(['stopped', 'answered']);
  });

  it('answers a call that fails with a text which no header can carry', async () => {
    for (const message of ['half an emoji \ud83d', 'long '.repeat(100_000)]) {
      const fail = () => Promise.reject(new PluginError(message, 'downstream'));
      const { client } = await serving(StreamClient, { subscribeStream: fail, runStream: fail });
      const unary = await new Promise<ServiceError | null>((resolve) => client.subscribeStream(stream, resolve));
      const streamed = await new Promise<ServiceError>((resolve) => client.runStream(stream).on('error', resolve));
      expect([unary?.code, streamed.code]).toEqual([status.UNKNOWN, status.UNKNOWN]);
      expect(unary?.details).toContain(message.slice(0, 12));
    }
  });

  it('makes the plugin wait while the host does not read', async () => {
    let sent = 0;
    const { client } = await serving(StreamClient, {
      async runStream(_, send) {
        for (; sent < 2_000; sent++) {
          await send(frame);
        }
      },
    });
    const reading = client.runStream(stream);
    await new Promise((received) => reading.once('data', received));
    reading.pause();
    await settled(() => sent);
    expect(sent).toBeGreaterThan(0);
    expect(sent).toBeLessThan(2_000);

    let received = 1;
    reading.on('data', () => received++).resume();
    await new Promise((ended) => reading.on('end', ended));
    expect(received).toBe(2_000);
  });

  it('ends a plugin that waits for a host which cancels, and logs no failure', async () => {
    let ended: (aborted: boolean) => void;
    const end = new Promise<boolean>((resolve) => (ended = resolve));
    const { client, lines } = await serving(StreamClient, {
      async runStream(_, send, signal) {
        try {
          for (;;) {
            await send(frame);
          }
        } finally {
          ended(signal.aborted);
        }
      },
    });
    const reading = client.runStream(stream);
    reading.on('error', () => {});
    await new Promise((received) => reading.once('data', received));
    reading.pause();
    reading.cancel();
    expect(await end).toBe(true);
    expect(lines).toEqual([]);
  });

  it('fails streams and files when the plugin stops: one is run again, the other is short', async () => {
    const plugin: Partial<Plugin> = {
      async runStream(_, send, signal) {
        await send(frame);
        await new Promise((aborted) => signal.addEventListener('abort', aborted));
      },
      async callResource(_, send, signal) {
        await send({ status: 200, body: Buffer.from('begun') });
        await new Promise((aborted) => signal.addEventListener('abort', aborted));
      },
    };
    const streams = await serving(StreamClient, plugin);
    const files = await serving(ResourceClient, plugin);
    for (const [reading, stopping] of [
      [streams.client.runStream(stream), streams.stopping] as const,
      [files.client.callResource(call), files.stopping] as const,
    ]) {
      const error = new Promise<ServiceError>((failed) => reading.on('error', failed));
      reading.on('data', () => stopping.abort());
      expect((await error).code).toBe(status.UNAVAILABLE);
    }
    expect([...streams.lines, ...files.lines]).toEqual([]);
  });

  it('ends a stream that the plugin ends without an error', async () => {
    const { client } = await serving(StreamClient, { runStream: async () => undefined });
    const reading = client.runStream(stream).resume();
    expect(await new Promise((ended) => reading.on('status', ({ code }) => ended(code)))).toBe(status.OK);
  });

  describe.each<['cancelled' | 'stopped']>([['cancelled'], ['stopped']])('of a request that is %s', (how) => {
    it.each<[string, Partial<Plugin>, (client: DataClient & ResourceClient) => { cancel(): void }]>([
      [
        'a query',
        { queryData: (_, signal) => waiting(signal) },
        (client) => client.queryData(QueryDataRequest.decode(new Uint8Array()), () => undefined),
      ],
      [
        'a resource',
        { callResource: (_, __, signal) => waiting(signal) },
        (client) => client.callResource(call).on('error', () => undefined),
      ],
    ])('tells %s of it, and logs no failure', async (_, plugin, ask) => {
      const data = await serving(DataClient, plugin);
      const resource = await serving(ResourceClient, plugin);
      const { client, stopping } = 'queryData' in plugin ? data : resource;
      const begun = new Promise<AbortSignal>((resolve) => (onBegun = resolve));
      const request = ask(client as DataClient & ResourceClient);
      const signal = await begun;
      expect(signal.aborted).toBe(false);
      if (how === 'cancelled') {
        request.cancel();
      } else {
        stopping.abort();
      }
      await new Promise((aborted) => (signal.aborted ? aborted(null) : signal.addEventListener('abort', aborted)));
      await new Promise((later) => setTimeout(later, 20));
      expect([...data.lines, ...resource.lines]).toEqual([]);
    });
  });

  it('ends a failed stream with its reason and logs the stack', async () => {
    const { client, lines } = await serving(StreamClient, {
      async runStream() {
        throw new TypeError('No such thing');
      },
    });
    const reading = client.runStream(stream).resume();
    const error = await new Promise<ServiceError>((failed) => reading.on('error', failed));
    expect([error.code, error.details]).toEqual([status.UNKNOWN, 'No such thing']);
    expect(JSON.parse(lines[0])).toMatchObject({ '@level': 'error', error: expect.stringContaining('TypeError: No') });
  });

  it('breaks off a resource that fails after its first piece', async () => {
    const { client } = await serving(ResourceClient, {
      async callResource(_, send) {
        await send({ status: 200, body: Buffer.from('begun') });
        throw new PluginError('The disk is full', 'plugin');
      },
    });
    const reading = client.callResource(call);
    const pieces: string[] = [];
    reading.on('data', ({ body }) => pieces.push(String(body)));
    const error = await new Promise<ServiceError>((failed) => reading.on('error', failed));
    expect(pieces).toEqual(['begun']);
    expect(error.details).toBe('The disk is full');
  });
});

/** Resolves when the value has not changed for a while. */
async function settled(value: () => number): Promise<void> {
  for (let before = -1; before !== value();) {
    before = value();
    await new Promise((later) => setTimeout(later, 100));
  }
}
