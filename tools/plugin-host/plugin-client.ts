import { credentials, type ClientReadableStream, type ServiceError } from '@grpc/grpc-js';
import { Observable } from 'rxjs';
import type { Frame } from '../../src/plugin-protocol/frame';
import {
  CheckHealthResponse_HealthStatus,
  type CallResourceResponse,
  type CheckHealthResponse,
  type CollectMetricsResponse,
  type PublishStreamResponse,
  type QueryDataResponse,
  type SubscribeStreamResponse,
  DataClient,
  DiagnosticsClient,
  PublishStreamResponse_Status,
  ResourceClient,
  StreamClient,
  SubscribeStreamResponse_Status,
} from '../../src/plugin-protocol/generated/backend';
import { GRPCControllerClient, type Empty } from '../../src/plugin-protocol/generated/controller';
import type { DataQuery, HealthResult, SubscribeStatus } from '../../src/plugin-protocol/plugin';
import { contextOf, type DataSource } from './data-source';
import { frameFromArrow } from './frame-from-arrow';

export interface QueryAnswer {
  frames: Frame[];
  /** Undefined when the query was answered. */
  error?: { message: string; source: string; status: number };
}

export interface ResourceAnswer {
  status: number;
  headers: Record<string, string[]>;
  body: Buffer;
}

/** A frame of a stream as Grafana Live carries it; `schema` may be left out when it is that of the frame before. */
export interface FrameJson {
  schema?: { name?: string; meta?: Frame['meta']; fields: Array<Omit<Frame['fields'][number], 'values'>> };
  data?: { values: Array<Frame['fields'][number]['values']> };
}

/** Path below a data source's resources, with what an HTTP client sends. */
export interface ResourceCall {
  method?: string;
  /** With its query string, without a leading slash. */
  url: string;
  headers?: Record<string, string[]>;
  body?: Uint8Array;
}

const healthStatus: Record<CheckHealthResponse_HealthStatus, HealthResult['status']> = {
  [CheckHealthResponse_HealthStatus.UNKNOWN]: 'unknown',
  [CheckHealthResponse_HealthStatus.OK]: 'ok',
  [CheckHealthResponse_HealthStatus.ERROR]: 'error',
};

const subscribeStatus: Record<SubscribeStreamResponse_Status, SubscribeStatus> = {
  [SubscribeStreamResponse_Status.OK]: 'ok',
  [SubscribeStreamResponse_Status.NOT_FOUND]: 'not-found',
  [SubscribeStreamResponse_Status.PERMISSION_DENIED]: 'permission-denied',
};

const publishStatus: Record<PublishStreamResponse_Status, SubscribeStatus> = {
  [PublishStreamResponse_Status.OK]: 'ok',
  [PublishStreamResponse_Status.NOT_FOUND]: 'not-found',
  [PublishStreamResponse_Status.PERMISSION_DENIED]: 'permission-denied',
};

export type PluginClient = ReturnType<typeof connectPlugin>;

/** The calls that Grafana makes on a running plugin at a gRPC address, in plain data. */
export function connectPlugin(address: string) {
  // Grafana sets no limit on what a plugin answers.
  const options = { 'grpc.max_receive_message_length': -1 };
  const insecure = credentials.createInsecure();
  const diagnostics = new DiagnosticsClient(address, insecure, options);
  const data = new DataClient(address, insecure, options);
  const resource = new ResourceClient(address, insecure, options);
  const stream = new StreamClient(address, insecure, options);
  const controller = new GRPCControllerClient(address, insecure, options);
  const clients = [diagnostics, data, resource, stream, controller];

  return {
    async checkHealth(dataSource: DataSource): Promise<HealthResult> {
      const request = { pluginContext: contextOf(dataSource), headers: new Map<string, string>() };
      const answer = await unary<CheckHealthResponse>((done) => diagnostics.checkHealth(request, done));
      return {
        status: healthStatus[answer.status],
        message: answer.message,
        details: parseOr<Record<string, unknown>>(answer.jsonDetails, {}),
      };
    },

    /** Metrics of the plugin in the Prometheus text format. */
    async collectMetrics(): Promise<string> {
      const answer = await unary<CollectMetricsResponse>((done) =>
        diagnostics.collectMetrics({ pluginContext: undefined }, done)
      );
      return answer.metrics?.prometheus.toString() ?? '';
    },

    /** Answers by refId. `headers` tell who asks, such as `FromAlert`; `signal` cancels the request. */
    async queryData(
      dataSource: DataSource,
      queries: DataQuery[],
      headers: Record<string, string> = {},
      signal?: AbortSignal
    ): Promise<Map<string, QueryAnswer>> {
      const request = {
        pluginContext: contextOf(dataSource),
        headers: new Map(Object.entries(headers)),
        queries: queries.map(({ refId, queryType, json, from, to, intervalMs, maxDataPoints }) => ({
          refId,
          queryType,
          json: Buffer.from(JSON.stringify(json)),
          timeRange: { fromEpochMS: from, toEpochMS: to },
          intervalMS: intervalMs,
          maxDataPoints,
        })),
        format: 0,
      };
      const answer = await unary<QueryDataResponse>((done) => {
        const call = data.queryData(request, done);
        signal?.addEventListener('abort', () => call.cancel());
      });
      return new Map(
        [...answer.responses].map(([refId, { frames, error, errorSource, status }]) => [
          refId,
          {
            frames: frames.map(frameFromArrow),
            error: error ? { message: error, source: errorSource, status } : undefined,
          },
        ])
      );
    },

    async callResource(dataSource: DataSource, call: ResourceCall): Promise<ResourceAnswer> {
      const answer: ResourceAnswer = { status: 0, headers: {}, body: Buffer.alloc(0) };
      const pieces: Buffer[] = [];
      for await (const { status, headers, body } of this.streamResource(dataSource, call)) {
        if (answer.status === 0) {
          Object.assign(answer, { status, headers });
        }
        pieces.push(body);
      }
      return { ...answer, body: Buffer.concat(pieces) };
    },

    /** The pieces of an answer as they come; status and headers count in the first. Whoever leaves off cancels the call. */
    async *streamResource(dataSource: DataSource, call: ResourceCall): AsyncGenerator<ResourceAnswer> {
      const chunks: ClientReadableStream<CallResourceResponse> = resource.callResource({
        pluginContext: contextOf(dataSource),
        path: call.url.split('?')[0]!,
        url: call.url,
        method: call.method ?? 'GET',
        headers: new Map(Object.entries(call.headers ?? {}).map(([name, values]) => [name, { values }])),
        body: Buffer.from(call.body ?? []),
      });
      try {
        for await (const { code, headers, body } of chunks as AsyncIterable<CallResourceResponse>) {
          yield {
            status: code,
            headers: Object.fromEntries([...headers].map(([name, { values }]) => [name, values])),
            body,
          };
        }
      } finally {
        chunks.cancel();
      }
    },

    async subscribeStream(
      dataSource: DataSource,
      path: string,
      query?: unknown
    ): Promise<{ status: SubscribeStatus; initial?: FrameJson }> {
      const request = streamRequest(dataSource, path, query);
      const answer = await unary<SubscribeStreamResponse>((done) => stream.subscribeStream(request, done));
      return {
        status: subscribeStatus[answer.status],
        initial: parseOr<FrameJson | undefined>(answer.data, undefined),
      };
    },

    /** Sends data to a channel, as a browser may try. */
    async publishStream(dataSource: DataSource, path: string, data: unknown): Promise<SubscribeStatus> {
      const request = streamRequest(dataSource, path, data);
      const answer = await unary<PublishStreamResponse>((done) => stream.publishStream(request, done));
      return publishStatus[answer.status];
    },

    /** Frames of a channel until unsubscribed. */
    runStream(dataSource: DataSource, path: string, query?: unknown): Observable<FrameJson> {
      return new Observable((subscriber) => {
        const packets: ClientReadableStream<{ data: Buffer }> = stream.runStream(
          streamRequest(dataSource, path, query)
        );
        packets.on('data', ({ data }: { data: Buffer }) => subscriber.next(JSON.parse(data.toString()) as FrameJson));
        packets.on('error', (error) => subscriber.error(error));
        packets.on('end', () => subscriber.complete());
        return () => packets.cancel();
      });
    },

    /** Opens a channel of which nothing is ever read; gives what ends it. */
    neglectStream(dataSource: DataSource, path: string, query?: unknown): () => void {
      const packets = stream.runStream(streamRequest(dataSource, path, query));
      packets.on('error', () => undefined);
      packets.pause();
      return () => packets.cancel();
    },

    /** Asks the plugin to end, as Grafana does before it stops. */
    async shutdown(): Promise<void> {
      await unary<Empty>((done) => controller.shutdown({}, done));
    },

    close(): void {
      clients.forEach((client) => client.close());
    },
  };
}

function unary<T>(call: (done: (error: ServiceError | null, value: T) => void) => unknown): Promise<T> {
  return new Promise((resolve, reject) => {
    call((error, value) => (error ? reject(error) : resolve(value)));
  });
}

function parseOr<T>(json: Buffer, otherwise: T): T {
  return json.length > 0 ? (JSON.parse(json.toString()) as T) : otherwise;
}

function streamRequest(dataSource: DataSource, path: string, query: unknown) {
  const data = query === undefined ? Buffer.alloc(0) : Buffer.from(JSON.stringify(query));
  return { pluginContext: contextOf(dataSource), path, data, headers: new Map<string, string>() };
}
