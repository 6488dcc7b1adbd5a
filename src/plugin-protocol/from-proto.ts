import type * as proto from './generated/backend';
import type {
  DataQuery,
  DataRequest,
  DataSourceInstance,
  Headers,
  HealthRequest,
  PluginContext,
  ResourceRequest,
  StreamRequest,
} from './plugin';

/** The wall between the generated protocol and the plugin: every message that Grafana sends is taken over here. */
export function healthRequest({ pluginContext, headers }: proto.CheckHealthRequest): HealthRequest {
  return { context: context(pluginContext), headers: lowerCase(headers) };
}

export function dataRequest({ pluginContext, headers, queries }: proto.QueryDataRequest): DataRequest {
  return { context: context(pluginContext), headers: lowerCase(headers), queries: queries.map(dataQuery) };
}

export function resourceRequest(request: proto.CallResourceRequest): ResourceRequest {
  const { pluginContext, method, path, url, headers, body } = request;
  return {
    context: context(pluginContext),
    method,
    path: path.replace(/^\/+/, ''),
    url,
    headers: Object.fromEntries([...headers].map(([name, { values }]) => [name.toLowerCase(), values])),
    body,
  };
}

export function streamRequest(
  request: proto.SubscribeStreamRequest | proto.PublishStreamRequest | proto.RunStreamRequest
): StreamRequest {
  const { pluginContext, headers, path, data } = request;
  return { context: context(pluginContext), headers: lowerCase(headers), path, data: parse(data, 'data') };
}

function context(sent: proto.PluginContext | undefined): PluginContext {
  const { orgId = 0, pluginId = '', user, dataSourceInstanceSettings: settings } = sent ?? {};
  return {
    orgId,
    pluginId,
    user: user && { login: user.login, name: user.name, email: user.email, role: user.role },
    dataSource: settings && dataSource(settings),
  };
}

function dataSource(settings: proto.DataSourceInstanceSettings): DataSourceInstance {
  const { id, uid, name, url, jsonData, decryptedSecureJsonData, lastUpdatedMS } = settings;
  return {
    id,
    uid,
    name,
    url,
    jsonData: parse(jsonData, 'jsonData') ?? {},
    secureJsonData: Object.fromEntries(decryptedSecureJsonData),
    updated: lastUpdatedMS,
  };
}

function dataQuery({ refId, queryType, json, timeRange, intervalMS, maxDataPoints }: proto.DataQuery): DataQuery {
  return {
    refId,
    queryType,
    json: parse(json, `query ${refId}`),
    from: timeRange?.fromEpochMS ?? 0,
    to: timeRange?.toEpochMS ?? 0,
    intervalMs: intervalMS,
    maxDataPoints,
  };
}

function lowerCase(headers: Map<string, string>): Headers {
  return Object.fromEntries([...headers].map(([name, value]) => [name.toLowerCase(), value]));
}

/** Parsed JSON, or undefined if nothing was sent. */
function parse(bytes: Buffer, what: string): unknown {
  if (bytes.length === 0) {
    return undefined;
  }
  try {
    return JSON.parse(bytes.toString());
  } catch (cause) {
    throw new Error(`Grafana sent ${what} that is not JSON: ${(cause as Error).message}`, { cause });
  }
}
