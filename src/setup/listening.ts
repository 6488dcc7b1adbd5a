/** A data source that the server part has served, for the list of what listens. */
export interface Listening {
  uid: string;
  name: string;
  /** The PostgreSQL schema of its calls; empty where a file has them. */
  schema: string;
  isListening: boolean;
  /** Epoch milliseconds; null while it has heard none in this run. */
  lastEventAt: number | null;
  /** Hours that the server part ran since it was last asked for this data source. */
  idleHours: number;
}
