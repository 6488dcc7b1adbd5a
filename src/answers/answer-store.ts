import type { Call } from '../cdr/call';
import type { CdrFilters } from '../cdr/filters';
import type { FlowPlan, GroupFlow } from '../cdr/flows';
import type { Ranking } from '../cdr/highest-groups';
import type { Measure } from '../cdr/measures';
import type { CdrRecord } from '../cdr/record';
import type { RepeatedCaller } from '../cdr/repeated-callers';
import type { Restart } from '../cdr/restart';
import type { StoredCall } from '../cdr/stored-call';
import type { GroupSums, StatisticsPlan } from '../cdr/sum-facts';
import type { SortField } from '../query/model';

/** Which rows of records or calls. Times in epoch milliseconds; `to` is exclusive. */
export interface RowSelection {
  from: number;
  to: number;
  filters: CdrFilters;
  limit: number;
  offset: number;
  sortBy: SortField;
  sortOrder: 'asc' | 'desc';
}

/** Which lost calls, and how long before and after the range the calls of their numbers are looked at. Milliseconds. */
export interface ContactSelection extends Pick<RowSelection, 'from' | 'to' | 'filters'> {
  within: number;
}

/** Which repeated callers: those with a repeated call of the range that passes the filters. */
export interface RepeatedSelection extends Pick<RowSelection, 'from' | 'to' | 'filters' | 'limit' | 'offset'> {
  /** In which another call of a number is a repeated one. Milliseconds. */
  within: number;
}

/** A call to or from a number outside. */
export interface AskedContact {
  call: Call;
  /** Whether it is a lost call of the range that passes the filters. */
  isAsked: boolean;
}

/** Which calls are wanted whole. */
export interface CallsSought {
  linkedIds: readonly string[];
  /** PBXes; null for all. */
  servers: readonly string[] | null;
  /** Parts of one kind, such as records, of all these calls together; of more, the first. */
  mostParts: number;
}

/** Rows with the statement that found them, for the panel inspector. */
export interface Selected<T> {
  rows: T[];
  sql: string;
}

/**
 * What answers are made from: the store of the server part, or what a browser keeps. A question whose signal aborts, waiting
 * or running, ends at once with the signal's reason.
 */
export interface AnswerStore {
  selectRecords(selection: RowSelection, signal?: AbortSignal): Promise<Selected<CdrRecord>>;
  selectCalls(selection: RowSelection, signal?: AbortSignal): Promise<Selected<Call>>;
  /** All that is stored of some calls. */
  storedCalls(sought: CallsSought, signal?: AbortSignal): Promise<Selected<StoredCall>>;
  /**
   * Sums at least the wanted measures. A group is there where any fact that they are summed from is.
   * @throws InvalidQueryError for more groups than `maxSums`
   */
  sum(plan: StatisticsPlan, wanted: readonly Measure[], signal?: AbortSignal): Promise<Selected<GroupSums>>;
  /** Which groups of the whole range have the most of a figure, the highest first, however many there are. */
  highest(plan: StatisticsPlan, ranking: Ranking, signal?: AbortSignal): Promise<Selected<readonly string[]>>;
  /**
   * How what goes on at the same time changes, of facts that touch the range. A group is there in each time bucket in which any of them
   * begins or ends.
   * @throws InvalidQueryError for more groups than `maxSums`
   */
  flows(plan: FlowPlan, signal?: AbortSignal): Promise<Selected<GroupFlow>>;
  /**
   * The lost calls of a selection, and all others to and from their numbers, in no certain order; of numbers that are withheld the
   * lost calls alone.
   * @throws InvalidQueryError for more than `mostContacts`
   */
  selectContacts(selection: ContactSelection, signal?: AbortSignal): Promise<Selected<AskedContact>>;
  /** In the order of `repeatedCallers`, so many at most. */
  selectRepeated(selection: RepeatedSelection, signal?: AbortSignal): Promise<Selected<RepeatedCaller>>;
  restarts(from: number, to: number, signal?: AbortSignal): Promise<Restart[]>;
}
