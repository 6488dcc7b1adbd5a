import { dataRequest, healthRequest, resourceRequest, streamRequest } from './from-proto';
import * as proto from './generated/backend';

/** Fields of the protocol that no plugin reads through us, each for its reason. A field in neither list fails below. */
const dropped = [
  'AppInstanceSettings.jsonData', // settings of apps: this is a data source
  'AppInstanceSettings.decryptedSecureJsonData',
  'AppInstanceSettings.lastUpdatedMS',
  'AppInstanceSettings.apiVersion',
  'DataSourceInstanceSettings.user', // fields of old plugins; ours keeps its settings in jsonData
  'DataSourceInstanceSettings.database',
  'DataSourceInstanceSettings.basicAuthEnabled',
  'DataSourceInstanceSettings.basicAuthUser',
  'DataSourceInstanceSettings.apiVersion', // Kubernetes names of Grafana's own storage
  'PluginContext.apiVersion',
  'PluginContext.namespace',
  'PluginContext.grafanaConfig', // Grafana's feature toggles and limits
  'PluginContext.pluginVersion', // known at build time
  'PluginContext.userAgent', // Grafana's version: GF_VERSION tells it
  'QueryDataRequest.format', // read where the answer is encoded
];

/** Messages that hold others, with which field is which. */
const nested: Record<string, Record<string, keyof typeof messages>> = {
  PluginContext: {
    user: 'User',
    appInstanceSettings: 'AppInstanceSettings',
    dataSourceInstanceSettings: 'DataSourceInstanceSettings',
  },
  DataQuery: { timeRange: 'TimeRange' },
};

const messages = {
  AppInstanceSettings: proto.AppInstanceSettings,
  DataSourceInstanceSettings: proto.DataSourceInstanceSettings,
  User: proto.User,
  PluginContext: proto.PluginContext,
  TimeRange: proto.TimeRange,
  DataQuery: proto.DataQuery,
  QueryDataRequest: proto.QueryDataRequest,
  CallResourceRequest: proto.CallResourceRequest,
  CheckHealthRequest: proto.CheckHealthRequest,
  SubscribeStreamRequest: proto.SubscribeStreamRequest,
  PublishStreamRequest: proto.PublishStreamRequest,
  RunStreamRequest: proto.RunStreamRequest,
};

/**
 * A message with a value of its own in every field the generated code knows, however new, and the text by which each
 * value is found again.
 */
function filled(name: keyof typeof messages) {
  const marks: Array<[field: string, mark: string]> = [];
  let next = 1000;

  const value = (message: keyof typeof messages, field: string, empty: unknown): unknown => {
    const inner = nested[message]?.[field] ?? (field === 'pluginContext' ? 'PluginContext' : undefined);
    if (inner) {
      return fill(inner);
    }
    if (field === 'queries') {
      return [fill('DataQuery')];
    }
    const number = next++;
    const mark = typeof empty === 'boolean' ? 'true' : String(number);
    marks.push([`${message}.${field}`, mark]);
    if (empty instanceof Map) {
      return new Map([['name', message === 'CallResourceRequest' ? { values: [mark] } : mark]]);
    }
    if (Buffer.isBuffer(empty)) {
      return Buffer.from(`{"mark":${mark}}`);
    }
    return typeof empty === 'number' ? number : typeof empty === 'boolean' ? true : mark;
  };

  const fill = (message: keyof typeof messages): object => {
    const empty = messages[message].decode(new Uint8Array());
    return Object.fromEntries(Object.entries(empty).map(([field, none]) => [field, value(message, field, none)]));
  };

  return { message: fill(name), marks };
}

const conversions: Array<[keyof typeof messages, (message: never) => object]> = [
  ['CheckHealthRequest', healthRequest],
  ['QueryDataRequest', dataRequest],
  [
    'CallResourceRequest',
    ({ ...request }: proto.CallResourceRequest) => {
      const taken = resourceRequest(request);
      return { ...taken, body: Buffer.from(taken.body).toString() };
    },
  ],
  ['SubscribeStreamRequest', streamRequest],
  ['PublishStreamRequest', streamRequest],
  ['RunStreamRequest', streamRequest],
];

describe('the wall between the protocol and the plugin', () => {
  it.each(conversions)('takes over every field of %s or names it as dropped', (name, convert) => {
    const { message, marks } = filled(name);
    const taken = JSON.stringify(convert(message as never));
    const lost = marks.filter(([, mark]) => !taken.includes(mark)).map(([field]) => field);
    expect(marks.length).toBeGreaterThan(0);
    expect(lost.sort()).toEqual(
      marks
        .map(([field]) => field)
        .filter((field) => dropped.includes(field))
        .sort()
    );
  });

  it('gives header names in lower case', () => {
    const headers = new Map([['http_X-Rule-Uid', 'abc']]);
    expect(healthRequest({ pluginContext: undefined, headers }).headers).toEqual({ 'http_x-rule-uid': 'abc' });
  });

  it('keeps a header called __proto__ as a header', () => {
    const { headers } = healthRequest({ pluginContext: undefined, headers: new Map([['__proto__', 'x']]) });
    expect(Object.entries(headers)).toEqual([['__proto__', 'x']]);
  });

  it('leaves out the data that a subscriber did not send, and settings that do not exist', () => {
    const request = proto.RunStreamRequest.decode(new Uint8Array());
    expect(streamRequest(request)).toMatchObject({ data: undefined, context: { dataSource: undefined } });
  });

  it('reads settings that were never saved as empty', () => {
    const settings = proto.DataSourceInstanceSettings.decode(new Uint8Array());
    const pluginContext = { ...proto.PluginContext.decode(new Uint8Array()), dataSourceInstanceSettings: settings };
    expect(healthRequest({ pluginContext, headers: new Map() }).context.dataSource?.jsonData).toEqual({});
  });

  it('says of which part the JSON is broken', () => {
    const request = { ...proto.RunStreamRequest.decode(new Uint8Array()), data: Buffer.from('{') };
    expect(() => streamRequest(request)).toThrow('Grafana sent data that is not JSON');
  });
});
