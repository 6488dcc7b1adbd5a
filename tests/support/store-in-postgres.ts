import { parseSettings, type SavedSettings } from '../../src/settings/settings';
import type { StoreSecrets } from '../../src/store/postgres/connect-postgres';
import type { PostgresServer } from './postgres-server';

/** What Grafana saves for a store on a server of a test, whose password it is reached by. */
export function storeOn(
  { port, address }: Pick<PostgresServer, 'port' | 'address'>,
  changes: SavedSettings['store'] = {}
): { store: SavedSettings['store']; secrets: StoreSecrets } {
  const store = {
    type: 'postgres' as const,
    host: address.host,
    port,
    database: address.database,
    user: address.user,
    tls: 'off' as const,
    ...changes,
  };
  parseSettings({ store });
  return { store, secrets: { storePassword: String(address.password) } };
}
