import type { PluginContext } from '../../src/plugin-protocol/generated/backend';

/** A data source as Grafana's database holds it. */
export interface DataSource {
  uid: string;
  name: string;
  jsonData: object;
  secureJsonData?: Record<string, string>;
  /** Epoch milliseconds of the last change; a plugin starts anew with the settings when it grows. */
  updated: number;
  /** Who asks, with the role in Grafana; an admin unless told. */
  askedBy?: { login: string; role: 'Viewer' | 'Editor' | 'Admin' | '' };
}

export const pluginId = 'amiws-cdr-datasource';

/** What Grafana sends along with each request about the data source. */
export function contextOf(dataSource: DataSource): PluginContext {
  const { login, role } = dataSource.askedBy ?? { login: 'admin', role: 'Admin' };
  return {
    orgId: 1,
    pluginId,
    user: { login, name: login, email: `${login}@localhost`, role },
    appInstanceSettings: undefined,
    dataSourceInstanceSettings: {
      id: 1,
      uid: dataSource.uid,
      name: dataSource.name,
      url: '',
      user: '',
      database: '',
      basicAuthEnabled: false,
      basicAuthUser: '',
      jsonData: Buffer.from(JSON.stringify(dataSource.jsonData)),
      decryptedSecureJsonData: new Map(Object.entries(dataSource.secureJsonData ?? {})),
      lastUpdatedMS: dataSource.updated,
      apiVersion: '',
    },
    grafanaConfig: new Map(),
    pluginVersion: '',
    userAgent: `Grafana/${grafanaVersion}`,
    apiVersion: '',
    namespace: 'default',
  };
}

/** Version of Grafana that the host passes itself off as. */
export const grafanaVersion = '12.4.0';
