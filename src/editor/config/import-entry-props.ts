import type { SavedImport } from '../../settings/import-settings';
import type { Secrets } from './secrets';

/** What edits one entry of the imports. */
export interface ImportEntryProps {
  place: number;
  saved: SavedImport;
  onChange: (changes: Partial<SavedImport>) => void;
  secrets: Secrets;
}
