import type { SavedStore } from '../../settings/store-settings';
import type { Secrets } from './secrets';

/** What edits a store in PostgreSQL. */
export interface StoreProps {
  store: SavedStore;
  /** Settings of the store to change; the others stay. */
  onChange: (changes: Partial<SavedStore>) => void;
  secrets: Secrets;
}
