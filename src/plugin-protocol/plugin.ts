import type { Frame } from './frame';

/** Who asks, of which data source. Decoded from the protocol's PluginContext. */
export interface PluginContext {
  orgId: number;
  pluginId: string;
  user?: { login: string; name: string; email: string; role: string };
  dataSource?: DataSourceInstance;
}

/** Settings of one data source as Grafana sends them with every request. */
export interface DataSourceInstance {
  id: number;
  uid: string;
  name: string;
  url: string;
  jsonData: unknown;
  secureJsonData: Record<string, string>;
  /** Epoch milliseconds of the last change of the settings. */
  updated: number;
}

/** Request headers with lower-case names. */
export type Headers = Record<string, string>;

export interface HealthRequest {
  context: PluginContext;
  headers: Headers;
}

export interface HealthResult {
  status: 'ok' | 'error' | 'unknown';
  message: string;
  /** JSON shown to the browser part of the plugin. */
  details?: Record<string, unknown>;
}

export interface DataRequest {
  context: PluginContext;
  headers: Headers;
  queries: DataQuery[];
}

/** One query of a panel, an alert rule or Explore. Times in epoch milliseconds. */
export interface DataQuery {
  refId: string;
  queryType: string;
  /** The saved query as it stands in the dashboard. */
  json: unknown;
  from: number;
  to: number;
  intervalMs: number;
  maxDataPoints: number;
}

export interface DataResponse {
  frames: Frame[];
  error?: PluginError;
}

export interface ResourceRequest {
  context: PluginContext;
  method: string;
  /** Path below the data source's resources, without a leading slash. */
  path: string;
  /** Path with the query string. */
  url: string;
  /** With lower-case names. */
  headers: Record<string, string[]>;
  body: Uint8Array;
}

/** One piece of a resource answer: status and headers count in the first piece only. */
export interface ResourceChunk {
  status: number;
  headers?: Record<string, string[]>;
  body: Uint8Array;
}

export interface StreamRequest {
  context: PluginContext;
  headers: Headers;
  /** Channel path below `ds/<uid>/`. */
  path: string;
  /** Data that the subscriber sent along, parsed JSON; undefined when there was none. */
  data: unknown;
}

export type SubscribeStatus = 'ok' | 'not-found' | 'permission-denied';

/**
 * What a plugin does, one member a call of Grafana. A thrown PluginError keeps its source and status; anything else
 * thrown is reported as the plugin's own failure. A `signal` is aborted once nobody waits for the answer: the host has
 * cancelled the call, or the plugin stops.
 */
export interface Plugin {
  checkHealth(request: HealthRequest): Promise<HealthResult>;
  /** Metrics in the Prometheus text format. */
  collectMetrics(): Promise<string>;
  /** Answers by refId. */
  queryData(request: DataRequest, signal: AbortSignal): Promise<Map<string, DataResponse>>;
  /** `send` resolves when the host is ready for more and rejects once the caller is gone. */
  callResource(
    request: ResourceRequest,
    send: (chunk: ResourceChunk) => Promise<void>,
    signal: AbortSignal
  ): Promise<void>;
  subscribeStream(request: StreamRequest): Promise<{ status: SubscribeStatus; initialFrame?: Frame }>;
  publishStream(request: StreamRequest): Promise<{ status: SubscribeStatus }>;
  /**
   * Sends frames until `signal` is aborted. `send` resolves when the host is ready for more and rejects once it has
   * hung up. Grafana runs a stream that fails again, and leaves one that ends without an error ended.
   */
  runStream(request: StreamRequest, send: (frame: Frame) => Promise<void>, signal: AbortSignal): Promise<void>;
  /** Called once when the host shuts down: close files and connections. */
  stop(): Promise<void>;
}

export interface PluginErrorOptions extends ErrorOptions {
  /** JSON for the browser part: in the answer of a resource beside the message, of a query in the meta of a frame without rows. */
  details?: Record<string, unknown>;
}

/** An error of a known side: `downstream` is the doing of the user or of where the data come from, `plugin` is ours. */
export class PluginError extends Error {
  readonly details: PluginErrorOptions['details'];

  constructor(
    message: string,
    readonly source: 'downstream' | 'plugin',
    /** HTTP status that Grafana reports. */
    readonly status: number = source === 'downstream' ? 400 : 500,
    options: PluginErrorOptions = {}
  ) {
    super(message, options);
    this.name = 'PluginError';
    this.details = options.details;
  }
}
