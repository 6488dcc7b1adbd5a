import { Client, credentials, status, type ServiceError } from '@grpc/grpc-js';
import fc from 'fast-check';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  CallResourceRequest,
  CheckHealthRequest,
  PublishStreamRequest,
  QueryDataRequest,
  RunStreamRequest,
  SubscribeStreamRequest,
} from '../../src/plugin-protocol/generated/backend';
import { contextOf, type DataSource } from '../../tools/plugin-host/data-source';
import { rowsOf } from '../../tools/plugin-host/rows-of';
import { startPlugin, type HostedPlugin } from '../../tools/plugin-host/start-plugin';
import { cdrFrame } from '../support/cdr-frame';
import { startFakeAmiws, type FakeAmiws } from '../support/fake-amiws';
import { badFrame } from './bad-frame';
import { nastyText } from './nasty-text';
import { patience, runs } from './runs';

const hour = 3_600_000;

let folder: string;
let amiws: FakeAmiws;
let plugin: HostedPlugin;
let dataSource: DataSource;
let raw: Client;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'fuzz-'));
  amiws = await startFakeAmiws(['pbx-east']);
  plugin = await startPlugin({ dataPath: folder });
  dataSource = { uid: 'cdr', name: 'CDR', jsonData: { amiwsUrl: amiws.url }, updated: 1 };
  await plugin.client.checkHealth(dataSource);
  raw = new Client(plugin.address, credentials.createInsecure());
}, 60_000);
afterAll(async () => {
  raw.close();
  await plugin.stop();
  await amiws.close();
  await rm(folder, { recursive: true, force: true });
});

const json = fc.oneof(
  nastyText.map((text) => Buffer.from(text)),
  fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes)),
  fc.json({ maxDepth: 2 }).map((text) => Buffer.from(text)),
  fc
    .constantFrom('records', 'calls', 'statistics', 'servers')
    .map((queryType) => Buffer.from(JSON.stringify({ queryType })))
);
const where = fc.oneof(
  fc.constantFrom(
    'status',
    'setup',
    'suggestions',
    'preview-rules',
    'export',
    'export-count',
    'live/',
    'live/masked-0'
  ),
  nastyText
);
const headers = fc.dictionary(nastyText, nastyText, { maxKeys: 2 }).map((map) => new Map(Object.entries(map)));
const when = fc.oneof(fc.integer(), fc.constantFrom(0, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER));

/** Of the data source at work, so that no store is opened for each, or of none. */
const pluginContext = fc
  .constantFrom('known', 'none')
  .map((kind) => (kind === 'known' ? contextOf(dataSource) : undefined));

/** Requests as bytes, by the method that takes them. */
const request: fc.Arbitrary<{ method: string; bytes: Buffer }> = fc.oneof(
  fc
    .record({ pluginContext, headers, json, refId: nastyText, from: when, to: when, interval: when, points: when })
    .map(({ pluginContext, headers, json, refId, from, to, interval, points }) => ({
      method: '/pluginv2.Data/QueryData',
      bytes: Buffer.from(
        QueryDataRequest.encode({
          pluginContext,
          headers,
          queries: [
            {
              refId,
              queryType: refId,
              json,
              timeRange: { fromEpochMS: from, toEpochMS: to },
              intervalMS: interval,
              maxDataPoints: points,
            },
          ],
          format: 0,
        }).finish()
      ),
    })),
  fc
    .record({
      pluginContext,
      path: where,
      url: where,
      more: nastyText,
      method: fc.constantFrom('GET', 'POST', 'X'),
      body: json,
    })
    .map(({ method, more, url, ...rest }) => ({
      method: '/pluginv2.Resource/CallResource',
      bytes: Buffer.from(
        CallResourceRequest.encode({ ...rest, method, url: `${url}?${more}`, headers: new Map() }).finish()
      ),
    })),
  fc.record({ pluginContext, headers, path: where, data: json }).chain((stream) =>
    fc.constantFrom(
      {
        method: '/pluginv2.Stream/SubscribeStream',
        bytes: Buffer.from(SubscribeStreamRequest.encode(stream).finish()),
      },
      { method: '/pluginv2.Stream/PublishStream', bytes: Buffer.from(PublishStreamRequest.encode(stream).finish()) },
      { method: '/pluginv2.Stream/RunStream', bytes: Buffer.from(RunStreamRequest.encode(stream).finish()) }
    )
  ),
  fc.record({ pluginContext: fc.constant(undefined), headers }).map((health) => ({
    method: '/pluginv2.Diagnostics/CheckHealth',
    bytes: Buffer.from(CheckHealthRequest.encode(health).finish()),
  })),
  fc.record({
    method: fc.constantFrom(
      '/pluginv2.Data/QueryData',
      '/pluginv2.Resource/CallResource',
      '/pluginv2.Stream/RunStream',
      '/pluginv2.Diagnostics/CheckHealth',
      '/pluginv2.Diagnostics/CollectMetrics',
      '/grpc.health.v1.Health/Check',
      '/nothing/AtAll'
    ),
    bytes: fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
  })
);

const itself = (bytes: Buffer): Buffer => bytes;

/** Resolves with the status of the call once it has ended; all of these end by themselves. */
function call(method: string, bytes: Buffer): Promise<number> {
  return new Promise((resolve) => {
    const answer = raw.makeServerStreamRequest(method, itself, itself, bytes, { deadline: Date.now() + 30_000 });
    answer.on('data', () => undefined);
    answer.on('error', ({ code }: ServiceError) => resolve(code));
    answer.on('end', () => resolve(status.OK));
  });
}

function isUnanswered(code: number): boolean {
  return code === status.DEADLINE_EXCEEDED || code === status.UNAVAILABLE;
}

async function recordsOf(source: string): Promise<number> {
  const range = { from: Date.now() - hour, to: Date.now() + hour };
  const asked = {
    queryType: 'records',
    filters: { conditions: [{ field: 'source', operator: '=', values: [source] }] },
    limit: 100_000,
  };
  const query = { refId: 'A', queryType: '', json: asked, ...range, intervalMs: 60_000, maxDataPoints: 100 };
  const { frames, error } = (await plugin.client.queryData(dataSource, [query])).get('A')!;
  expect(error).toBeUndefined();
  return rowsOf(frames[0]!).length;
}

test(
  'requests and frames of any content neither end the plugin, nor hang it, nor cost a good record',
  async () => {
    let sent = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(request, { minLength: 20, maxLength: 20, size: 'max' }),
        fc.array(badFrame, { maxLength: 10 }),
        async (requests, frames) => {
          frames.forEach((frame) => amiws.send(frame));
          amiws.send(cdrFrame({ Source: '5550042' }));
          sent++;
          const codes = await Promise.all(requests.map(({ method, bytes }) => call(method, bytes)));
          const unanswered = requests.filter((_, n) => isUnanswered(codes[n]!));
          expect(unanswered.map(({ method, bytes }) => `${method} ${bytes.toString('latin1')}`)).toEqual([]);
        }
      ),
      { numRuns: Math.ceil(runs(0.03) / 20), endOnFailure: true }
    );
    console.log(`${sent * 20} requests: all answered; ${sent} good records among frames of any content`);
    for (let attempt = 0; attempt < 200 && (await recordsOf('5550042')) < sent; attempt++) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    expect(await recordsOf('5550042')).toBe(sent);
    expect(plugin.logs.filter((line) => line.includes('The plugin broke down'))).toEqual([]);
  },
  patience
);
