import {
  LiveChannelConnectionState,
  LiveChannelEventType,
  type DataSourceInstanceSettings,
  type LiveChannelAddress,
  type LiveChannelEvent,
} from '@grafana/data';
import {
  setBackendSrv,
  setDataSourceSrv,
  setGrafanaLiveSrv,
  setTemplateSrv,
  type BackendSrv,
  type BackendSrvRequest,
  type DataSourceSrv,
  type FetchResponse,
  type GrafanaLiveSrv,
  type TemplateSrv,
} from '@grafana/runtime';
import { from, Observable } from 'rxjs';
import type { SettingsJson } from '../../../src/datasource/panel-query';

const browserOnly: SettingsJson = { mode: 'browser', browserAccess: 'direct' };

/** The data source as the workbench's server keeps it; with `?mode=browser` the page listens to amiws by itself. */
export async function readDataSource(): Promise<DataSourceInstanceSettings> {
  const settings = (await (await fetch('/workbench/data-source')).json()) as DataSourceInstanceSettings;
  const isBrowserOnly = new URLSearchParams(window.location.search).get('mode') === 'browser';
  return {
    ...settings,
    jsonData: { ...settings.jsonData, ...(isBrowserOnly ? browserOnly : {}) },
    id: 1,
    type: 'amiws-cdr-datasource',
    access: 'proxy',
    readOnly: false,
    meta: { id: 'amiws-cdr-datasource' } as never,
  };
}

/** The services of Grafana's runtime that the plugin calls, on top of the workbench's server. */
export function provideGrafanaServices(settings: DataSourceInstanceSettings): void {
  const backend: Partial<BackendSrv> = {
    fetch: <T>(request: BackendSrvRequest) => from(send<T>(request)),
    get: async <T>(url: string, params?: Record<string, string>) => (await send<T>({ url, params })).data,
  };
  setBackendSrv(backend as BackendSrv);
  const sources: Partial<DataSourceSrv> = { getInstanceSettings: () => settings };
  setDataSourceSrv(sources as DataSourceSrv);
  const templates: Partial<TemplateSrv> = {
    replace: (text = '') => text,
    getVariables: () => [],
    containsTemplate: () => false,
  };
  setTemplateSrv(templates as TemplateSrv);
  const live: Partial<GrafanaLiveSrv> = { getStream: <T>(address: LiveChannelAddress) => stream<T>(address) };
  setGrafanaLiveSrv(live as GrafanaLiveSrv);
}

async function send<T>({ url, method = 'GET', data, params, headers }: BackendSrvRequest): Promise<FetchResponse<T>> {
  const query = params ? `?${new URLSearchParams(params as Record<string, string>)}` : '';
  const response = await fetch(`/${url.replace(/^\//, '')}${query}`, {
    method,
    ...(data === undefined ? {} : bodyOf(data, headers)),
  });
  const body = (await response.json()) as T;
  const answer = {
    data: body,
    status: response.status,
    statusText: response.statusText,
    ok: response.ok,
  } as FetchResponse<T>;
  if (!response.ok) {
    throw answer;
  }
  return answer;
}

/** As Grafana sends it: a form where that is asked for, else JSON. */
function bodyOf(data: unknown, headers: BackendSrvRequest['headers']): Pick<RequestInit, 'body' | 'headers'> {
  return headers?.['Content-Type'] === 'application/x-www-form-urlencoded'
    ? { body: new URLSearchParams(data as Record<string, string>) }
    : { body: JSON.stringify(data), headers: { 'Content-Type': 'application/json' } };
}

function stream<T>(address: LiveChannelAddress): Observable<LiveChannelEvent<T>> {
  return new Observable((subscriber) => {
    const parameters = new URLSearchParams({ path: address.path, data: JSON.stringify(address.data) });
    const source = new EventSource(`/workbench/live?${parameters}`);
    const status = (state: LiveChannelConnectionState): void =>
      subscriber.next({ type: LiveChannelEventType.Status, id: address.path, timestamp: Date.now(), state });
    source.onopen = () => status(LiveChannelConnectionState.Connected);
    source.onerror = () => status(LiveChannelConnectionState.Disconnected);
    source.onmessage = ({ data }) =>
      subscriber.next({ type: LiveChannelEventType.Message, message: JSON.parse(String(data)) as T });
    return () => source.close();
  });
}
