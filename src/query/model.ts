import type { Dimension } from '../cdr/dimensions';
import type { PartFilter, SecondsBound } from '../cdr/filter-fields';
import type { CdrFilters } from '../cdr/filters';
import type { MetricId, ServiceLevelDefinition } from '../cdr/metrics';
import type { StatusColumn } from './status-columns';

export const queryTypes = [
  'records',
  'calls',
  'statistics',
  'busiestHours',
  'lostCallers',
  'repeatedCallers',
  'journey',
  'queueStatus',
  'agentStatus',
  'callsNow',
  'callersWaiting',
  'servers',
  'annotations',
] as const;
export type QueryType = (typeof queryTypes)[number];

/** What annotations can mark. A burst: many missed and abandoned calls within some minutes. */
export const annotationKinds = ['gap', 'restart', 'queueDifference', 'missedBurst'] as const;
export type AnnotationKind = (typeof annotationKinds)[number];

/** What calls in progress can be counted by. */
export const countedBy = ['state', 'direction', 'queue', 'trunk', 'server'] as const;
export type CountedBy = (typeof countedBy)[number];

/** What a heat map is grouped by, in this order. */
export const heatmapGroups: readonly Dimension[] = ['hourOfDay', 'dayOfWeek'];

export const sortFields = ['startTime', 'duration', 'billableSeconds', 'source', 'destination'] as const;
export type SortField = (typeof sortFields)[number];

/**
 * One question to the data source, complete and validated: what every answer is made from. The saved form
 * (`SavedQuery`) may leave out whatever has a default.
 */
export interface CdrQuery {
  queryType: QueryType;
  filters: CdrFilters;
  /** Rows of `records`, `calls`, `lostCallers` and `repeatedCallers`. */
  limit: number;
  offset: number;
  sortBy: SortField;
  sortOrder: 'asc' | 'desc';
  /** Figures of `statistics`. */
  metrics: MetricId[];
  groupBy: Dimension[];
  /** So many groups, those with the most of the first figure, and the rest as one; 0 for all groups. */
  top: number;
  /** Statistics as time series, one row a group, or one figure by hours and weekdays; records and calls as a table, or as lines of a log. */
  format: 'timeseries' | 'table' | 'heatmap' | 'logs';
  /** Width of a time bucket, such as `15m`, `1h` or `1d`; empty for the panel's own. */
  interval: string;
  /** Names of time series, in which `{{queue}}` stands for the value of that group and `{{figure}}` for the figure; empty for the usual ones. */
  legend: string;
  /** Zone of days and hours: `pbx` or an IANA name. */
  timeZone: string;
  /** Seconds; 0 for the data source's. */
  serviceLevelThreshold: number;
  /** Seconds within which an abandon is a short one; 0 for the data source's. */
  shortAbandonThreshold: number;
  serviceLevelDefinition: ServiceLevelDefinition;
  /** Hours after the last try of a lost caller in which they may come through or be called back. */
  callBackHours: number;
  /** Days in which another call of the same number is a repeated one. */
  repeatDays: number;
  /** Upper bounds of the bands that statistics are grouped by, whole seconds in ascending order; empty for the usual ones. */
  bands: number[];
  /** Columns of the answers that tell of this moment, besides those that name the row; empty for all. */
  columns: StatusColumn[];
  /** Counts the calls in progress of each, in the place of one row a call; empty for these. */
  countBy: CountedBy[];
  annotationKinds: AnnotationKind[];
  /** Seconds from which a gap is marked, unless it goes on or calls are known to be missing. */
  shortestGap: number;
  /** Missed and abandoned calls that make a burst. */
  burstCalls: number;
  /** Within how many minutes. */
  burstMinutes: number;
  /** Continue the answer with each call as it ends. */
  live: boolean;
}

/** Filters whose texts may hold variables, also where seconds are meant; a part of a number may stand alone. */
export type SavedFilters = Omit<CdrFilters, SecondsBound | PartFilter> &
  Partial<Record<SecondsBound, number | string> & Record<PartFilter, string | string[]>>;

export type SavedQuery = Partial<Omit<CdrQuery, 'filters'>> & { refId: string; filters?: SavedFilters };
