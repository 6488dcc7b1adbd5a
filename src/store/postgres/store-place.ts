import { sentence, type Sentence } from '../../sentences/sentence';
import type { StoreSettings } from '../../settings/store-settings';
import { schemaName } from './schema-name';

/** Where a data source keeps its calls, with the schema that its settings name or leave to us. */
export function withSchema(store: StoreSettings, key: string): StoreSettings {
  return { ...store, schema: store.schema || schemaName(key) };
}

/** The same in words, for Admins. */
export function placeText({ database, host, schema }: StoreSettings): Sentence {
  return sentence('store.place.postgres', { database, host, schema });
}
