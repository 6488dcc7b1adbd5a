import { credentials, status } from '@grpc/grpc-js';
import type { ServiceError } from '@grpc/grpc-js';
import { createServer } from './create-server';
import { CallResourceRequest, ResourceClient, RunStreamRequest, StreamClient } from './generated/backend';
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

const stream = RunStreamRequest.decode(new Uint8Array());
const call = CallResourceRequest.decode(new Uint8Array());
const frame = { fields: [{ name: 'text', type: 'string' as const, values: ['x'.repeat(10_000)] }] };

describe('createServer', () => {
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

  it('ends streams without an error when the plugin stops', async () => {
    const { client, stopping } = await serving(StreamClient, {
      async runStream(_, send, signal) {
        await send(frame);
        await new Promise((aborted) => signal.addEventListener('abort', aborted));
      },
    });
    const reading = client.runStream(stream);
    const end = new Promise((ended) => reading.on('status', ({ code }) => ended(code)));
    reading.on('data', () => stopping.abort());
    expect(await end).toBe(status.OK);
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
