import { nodeSocket } from '../../amiws/node-socket';
import type { CdrSettings } from '../../settings/settings';
import { isHeardByOthers } from '../../settings/store-settings';
import { listensToAmiws, pbxesOf } from '../../settings/pbx-settings';
import type { ListeningPlace } from '../ingest/intake';
import { amiAddress } from './ami-address';
import { amiwsOptions } from './amiws-options';

/** All that a data source is made by. */
export interface DataSourceConfig {
  /** Unique among data sources. */
  key: string;
  uid: string;
  settings: CdrSettings;
  secrets: Readonly<Record<string, string>>;
  /** Where imports may read CSV files; undefined for nowhere. */
  csvFolder: string | undefined;
}

/** Where to listen; nowhere where only others do. A PBX that is logged in to is heard from its login alone. */
export function placesOf({ settings, secrets }: DataSourceConfig): ListeningPlace[] {
  if (isHeardByOthers(settings.store)) {
    return [];
  }
  const pbxes = pbxesOf(settings).filter(({ problem }) => problem === null);
  // A PBX whose gaps, state and calls now came from two connections would lose them with either.
  const options = { ...amiwsOptions(settings, secrets, nodeSocket), leftOut: pbxes.map(({ server }) => server) };
  const amiws: ListeningPlace[] =
    listensToAmiws(settings) && settings.amiwsUrl !== '' ? [{ kind: 'amiws', url: settings.amiwsUrl, options }] : [];
  return [...amiws, ...pbxes.map((pbx): ListeningPlace => ({ kind: 'ami', address: amiAddress(pbx, secrets) }))];
}

/** PBXes that are to be heard by their own login, those whose entry lacks something included. */
export function expectedServers({ settings }: DataSourceConfig): string[] {
  const pbxes = isHeardByOthers(settings.store) ? [] : pbxesOf(settings);
  return [...new Set(pbxes.map(({ server }) => server))].filter((server) => server !== '');
}

/** The same for settings by which the connections stay as they are. */
export function connectionKey(config: DataSourceConfig): string {
  return JSON.stringify(placesOf(config));
}

/** The same for settings by which calls are kept in the same place and reached the same way. */
export function storeKey({ settings, secrets }: Pick<DataSourceConfig, 'settings' | 'secrets'>): string {
  const own = Object.entries(secrets).filter(([name]) => isStoreSecret(name));
  return JSON.stringify([settings.store, own.sort()]);
}

export function isImportSecret(name: string): boolean {
  return /^import(Password|CACert)/.test(name);
}

/** Calls can't be kept without them, while all else can go on. */
export function isStoreSecret(name: string): boolean {
  return /^store[A-Z]/.test(name);
}

/** The same for settings by which the same question has the same answer, so that live answers stay right. */
export function answersKey({ settings }: DataSourceConfig): string {
  const others = {
    imports: [],
    retentionDays: 0,
    connection: '',
    pbxes: [],
    amiwsUrl: '',
    tlsSkipVerify: false,
    basicAuthUser: '',
    headerNames: [],
  };
  return JSON.stringify({ ...settings, ...others });
}
