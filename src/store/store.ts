import type { AgentStretch } from '../cdr/agent-presence';
import type { AssembledCall } from '../cdr/assemble-call';
import type { CallParts } from '../cdr/call-parts';
import type { Dimension } from '../cdr/dimensions';
import type { CdrFilters } from '../cdr/filters';
import type { Gap } from '../cdr/gap';
import type { CdrRecord } from '../cdr/record';
import type { Restart } from '../cdr/restart';
import type { AnswerStore } from '../query/answer-store';

/** A call that a batch made or changed, with those of its records that are new. */
export interface ChangedCall {
  assembled: AssembledCall;
  freshRecords: readonly CdrRecord[];
}

export interface StoreCounts {
  records: number;
  calls: number;
  /** Start of the oldest and the newest fact; null in an empty store. */
  firstTime: number | null;
  lastTime: number | null;
}

/** What can be suggested as a filter's value. */
export type SuggestionField = Dimension | 'source' | 'destination';

/** Keeps records, queue events and what is assembled from them, and sums them. */
export interface Store extends AnswerStore {
  /** Durable when it resolves. Parts that are stored already change nothing. */
  add(parts: CallParts): Promise<ChangedCall[]>;
  /** Durable when it resolves. */
  addStretches(stretches: readonly AgentStretch[]): Promise<void>;
  /** Durable when it resolves. A gap that is still open is not kept. */
  addGap(gap: Gap): Promise<void>;
  /** Gaps that touch a range, the earliest first. Epoch milliseconds. */
  gaps(from: number, to: number): Promise<Gap[]>;
  /** Durable when it resolves. */
  addRestart(restart: Restart): Promise<void>;
  /** Remembers when each PBX was last heard, in epoch milliseconds: all that came before is stored. */
  rememberHeard(heard: ReadonlyMap<string, number>): Promise<void>;
  lastHeard(): Promise<Map<string, number>>;
  /** Values in use, the most frequent first; `customFields` gives the labels of custom fields. */
  suggest(field: SuggestionField | 'customFields', filters: CdrFilters): Promise<string[]>;
  /** All records of the calls that began last. */
  recordsOfLastCalls(calls: number): Promise<CdrRecord[]>;
  counts(): Promise<StoreCounts>;
  /**
   * Makes all that is stored anew, where it was made by another derivation than today's; `onProgress` is told how many of
   * how many calls are done. What comes in meanwhile is stored in between.
   */
  deriveAgain(onProgress: (done: number, total: number) => void): Promise<void>;
  /** Removes what began before an instant; gives how many records went. */
  removeBefore(time: number): Promise<number>;
  close(): Promise<void>;
}
