import { AmiwsState } from '../../amiws/amiws-state';

/** What a data source has seen of amiws and its PBXes, and how its store fares. */
export class SourceState extends AmiwsState {
  dropped = 0;
  /** How many of how many stored calls are derived again; null when history is as the settings say. */
  derivation: { done: number; total: number } | null = null;
}
