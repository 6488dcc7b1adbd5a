import type { Listening } from '../../setup/listening';

/** The data sources that were served for one organization, also those that Grafana knows no more. */
export interface ServedList {
  /** By name. */
  list(): Listening[];
  /** Ends what is heard and kept for one until a request is made for it again. Its calls stay. */
  stopListening(uid: string): Promise<void>;
  /** Ends one, and removes all that was stored of it. */
  deleteStored(uid: string): Promise<void>;
}
