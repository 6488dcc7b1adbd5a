import type { Direction } from '../cdr/record';

/** Fields of a record that a direction rule may look at. */
export const ruleFields = [
  'channel',
  'destinationChannel',
  'destinationContext',
  'source',
  'destination',
  'accountCode',
  'lastApplication',
] as const;
export type RuleField = (typeof ruleFields)[number];

/** First rule whose pattern (RE2 syntax, found anywhere in the field) matches decides the direction. */
export interface DirectionRule {
  field: RuleField;
  pattern: string;
  direction: Direction;
}

/** The data source's settings, in Grafana's jsonData. Secrets stand in `CdrSecrets`. */
export interface CdrSettings {
  /** amiws address, ws:// or wss://. */
  amiwsUrl: string;
  tlsSkipVerify: boolean;
  basicAuthUser: string;
  /** Names of extra headers for a reverse proxy; the value of the n-th stands in the secrets as `header<n>`. */
  headerNames: string[];
  /** IANA zone of the PBX's wall clock; empty to learn the offset from UniqueID. */
  timeZone: string;
  /** Zones of single servers, `server_name` to IANA zone. */
  serverTimeZones: Record<string, string>;
  /** Seconds. */
  serviceLevelThreshold: number;
  directionRules: DirectionRule[];
  /** Patterns of channels that lead outside (RE2 syntax). */
  externalChannels: string[];
  /** Patterns whose first group is the agent's extension, tried in order on an interface or channel. */
  agentPatterns: string[];
  /** Days that records are kept; 0 keeps all. */
  retentionDays: number;
}

/** In Grafana's secureJsonData, besides `header<n>` for each of `headerNames`. */
export interface CdrSecrets {
  basicAuthPassword?: string;
  /** PEM of the certificate authority that signed amiws' (or the proxy's) certificate. */
  tlsCACert?: string;
}
