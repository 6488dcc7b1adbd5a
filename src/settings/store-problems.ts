import { isDatabaseHost } from './database-host';
import { isSchemaName, type SavedStore } from './store-settings';

/** Fields without which a store in PostgreSQL can't be reached. */
const needed = ['host', 'database', 'user'] as const;
type StoreField = (typeof needed)[number] | 'schema';

export type StoreProblem = 'missing' | 'bad-host' | 'bad-schema';

/** What is wrong with fields of a store in PostgreSQL; nothing with one in a file. */
export function storeProblems(store: SavedStore): Partial<Record<StoreField, StoreProblem>> {
  if (store.type !== 'postgres') {
    return {};
  }
  const { host = '', schema = '' } = store;
  const missing = needed.filter((name) => (store[name] ?? '').trim() === '');
  return {
    ...(!missing.includes('host') && !isDatabaseHost(host.trim()) && { host: 'bad-host' }),
    ...Object.fromEntries(missing.map((name) => [name, 'missing'])),
    ...(schema.trim() !== '' && !isSchemaName(schema.trim()) && { schema: 'bad-schema' }),
  };
}
