import type { Dimension } from '../cdr/dimensions';
import type { CdrFilters } from '../cdr/filters';
import type { MetricId, ServiceLevelDefinition } from '../cdr/metrics';

export const queryTypes = ['records', 'calls', 'statistics', 'queueStatus'] as const;
export type QueryType = (typeof queryTypes)[number];

export const sortFields = ['startTime', 'duration', 'billableSeconds', 'source', 'destination'] as const;
export type SortField = (typeof sortFields)[number];

/**
 * One question to the data source, complete and validated: what every answer is made from. The saved form
 * (`SavedQuery`) may leave out whatever has a default.
 */
export interface CdrQuery {
  queryType: QueryType;
  filters: CdrFilters;
  /** Rows of `records` and `calls`. */
  limit: number;
  offset: number;
  sortBy: SortField;
  sortOrder: 'asc' | 'desc';
  /** Figures of `statistics`. */
  metrics: MetricId[];
  groupBy: Dimension[];
  /** Statistics as time series, or one row a group. */
  format: 'timeseries' | 'table';
  /** Width of a time bucket, such as `15m`, `1h` or `1d`; empty for the panel's own. */
  interval: string;
  /** Zone of days and hours: `pbx` or an IANA name. */
  timeZone: string;
  /** Seconds; 0 for the data source's. */
  serviceLevelThreshold: number;
  serviceLevelDefinition: ServiceLevelDefinition;
  /** Continue the answer with each call as it ends. */
  live: boolean;
}

export type SavedQuery = Partial<CdrQuery> & { refId: string };
