import type { AgentStretch } from '../cdr/agent-presence';
import type { AssembledCall } from '../cdr/assemble-call';
import type { Observable } from 'rxjs';
import type { CallId, CallParts } from '../cdr/call-parts';
import type { CdrFilters } from '../cdr/filters';
import type { Gap } from '../cdr/gap';
import type { LearnedName } from '../cdr/learned-names';
import type { KnownSpan } from '../cdr/pbx-clocks';
import type { AuditStretch, QueueDifference, StoredCounts } from '../cdr/queue-audit';
import type { QueueReading } from '../cdr/queue-reading';
import type { CdrRecord } from '../cdr/record';
import type { Restart } from '../cdr/restart';
import type { AnswerStore, RowSelection } from '../answers/answer-store';
import type { Range } from '../query/parse-range';
import type { StoredField } from '../query/variable-query';
import type { RowKind, RowKinds } from '../answers/row-columns';
import type { Sharing } from './sharing';

/** A call that a write made or changed; it has no call any more where its records turned out to be of another one. */
export interface ChangedCall {
  id: CallId;
  assembled: AssembledCall;
  /** All that it has now. */
  records: readonly CdrRecord[];
  /** Those of its records that are new. */
  freshRecords: readonly CdrRecord[];
  /** When it began as it was stored before, epoch milliseconds; null when it is new. */
  stood: { startTime: number | null } | null;
}

/** What a write changed, for those who show calls as they are now. */
export interface StoreChange {
  changed: readonly ChangedCall[];
  /** All that began before this instant was removed; null where nothing was. Epoch milliseconds. */
  removedBefore: number | null;
}

/** Parts that a store does not keep. They must not be added again. */
export interface SetAside {
  /** `unwritable` where the code or the engine fails on them, `too-many` where a call has as many as it can have. */
  reason: 'unwritable' | 'too-many';
  parts: CallParts;
  /** What failed, in words. */
  detail: string;
}

export interface StoreCounts {
  /** Exactly up to 100,000; of more, some stores say about how many. */
  records: number;
  calls: number;
  /** Start of the oldest and the newest fact; null in an empty store. */
  firstTime: number | null;
  lastTime: number | null;
}

/** All rows of a range that pass the filters, in the order of their start. */
export type ScanSelection = Pick<RowSelection, 'from' | 'to' | 'filters' | 'sortOrder'>;

/** One look at the rows of a selection: what is stored meanwhile changes nothing of it. */
export interface Scan<T> {
  total: number;
  /** Labels of the custom fields that the rows have, in alphabetical order. */
  customLabels(): Promise<string[]>;
  /** Every row once, some thousand at a time. */
  pages(): AsyncIterable<T[]>;
}

/** Every question to a store but `scan`. */
export interface StoreQuestions extends AnswerStore {
  /** Gaps that touch a range, the earliest first, near ones as one (`joinGaps`). Epoch milliseconds. */
  gaps(from: number, to: number, signal?: AbortSignal): Promise<Gap[]>;
  /** When each PBX was last heard. Epoch milliseconds. */
  lastHeard(): Promise<Map<string, number>>;
  /** What was learned of the wall clock of each PBX. */
  clocks(): Promise<KnownSpan[]>;
  /** What PBXes called their agents. */
  names(): Promise<LearnedName[]>;
  /** Where Asterisk counted other visits than are stored, in stretches that touch a range. Epoch milliseconds. */
  differences(from: number, to: number, signal?: AbortSignal): Promise<QueueDifference[]>;
  /** Up to where Asterisk's counters of each queue and member were compared. */
  readings(): Promise<QueueReading[]>;
  /**
   * What is stored of a queue, or of a member of it, in a stretch.
   *
   * @param unbrokenSince a talk that began later and has no end goes on, epoch milliseconds
   * @param agent who the member is; empty for a queue
   */
  queueCounts(stretch: AuditStretch, unbrokenSince: number, agent: string): Promise<StoredCounts>;
  /** Values in use, the most frequent first; `customFields` gives the labels of custom fields. */
  suggest(
    field: StoredField | 'customFields',
    filters: CdrFilters,
    range?: Range | null,
    signal?: AbortSignal
  ): Promise<string[]>;
  /** All records of the calls that began last. */
  recordsOfLastCalls(calls: number, signal?: AbortSignal): Promise<CdrRecord[]>;
  /** How many rows `scan` would look at. */
  countRows(kind: RowKind, selection: ScanSelection, signal?: AbortSignal): Promise<number>;
  counts(signal?: AbortSignal): Promise<StoreCounts>;
  /** Records of a PBX that began in a range; `to` is exclusive. Epoch milliseconds. */
  countRecords(server: string, from: number, to: number, signal?: AbortSignal): Promise<number>;
  /** Stretches of the agents of a PBX that touch a range, epoch milliseconds. */
  stretches(server: string, from: number, to: number): Promise<AgentStretch[]>;
  /** What an import kept last under its key; undefined where it never did. */
  importState(key: string): Promise<unknown>;
}

/** Looks at all rows of a selection, however many; neither other questions nor what comes in wait for it. */
export interface Scans {
  scan<K extends RowKind, R>(
    kind: K,
    selection: ScanSelection,
    look: (scan: Scan<RowKinds[K]>) => Promise<R>,
    signal?: AbortSignal
  ): Promise<R>;
}

/** What each process does that has opened a store. What it is given is durable when a write resolves. */
export interface SharedStore extends StoreQuestions, Scans {
  readonly sharing: Sharing;
  /** What each write changed, after it is durable; ends when the store is closed. */
  readonly changes: Observable<StoreChange>;
  /** Parts that were not kept, before `add` resolves. */
  readonly setAside: Observable<SetAside>;
  /**
   * Parts that are stored already change nothing; a record that came live and one that was imported are one
   * (`isSameRecord`), also where only one of them tells its linked id.
   */
  add(parts: CallParts): Promise<ChangedCall[]>;
  /** One that is stored already (`stretchKey`) is replaced. */
  addStretches(stretches: readonly AgentStretch[]): Promise<void>;
  /** A gap that is still open is not kept. */
  addGap(gap: Gap): Promise<void>;
  addRestart(restart: Restart): Promise<void>;
  keepImportState(key: string, state: object): Promise<void>;
  close(): Promise<void>;
}

/** What only the process that holds the lease does (`isHolder`). @throws NotHolderError in each, by another one */
export interface HolderWrites {
  /** Remembers when each PBX was last heard, in epoch milliseconds: all that came before is stored. */
  rememberHeard(heard: ReadonlyMap<string, number>): Promise<void>;
  /** Takes the place of all that was kept of clocks. */
  keepClocks(clocks: readonly KnownSpan[]): Promise<void>;
  /** Takes the place of all names that were kept. */
  keepNames(names: readonly LearnedName[]): Promise<void>;
  /** Differences are added; readings take the place of all that were kept. */
  keepAudit(readings: readonly QueueReading[], found: readonly QueueDifference[]): Promise<void>;
  /**
   * Makes all that is stored anew, where it was made by another derivation than today's; `onProgress` is told how many of
   * how many calls are done. What comes in meanwhile is stored in between. One that was broken off goes on where it was,
   * whichever process goes on.
   */
  deriveAgain(onProgress: (done: number, total: number) => void): Promise<void>;
  /** Removes what began before an instant; gives how many records went. */
  removeBefore(time: number): Promise<number>;
}

/** Keeps records, queue events and what is assembled from them, and sums them. */
export type Store = SharedStore & HolderWrites;

/** The one gate to what only the holder of the lease does. It may lose the lease meanwhile; then its writes are refused. */
export function isHolder<T extends Pick<SharedStore, 'sharing'>>(store: T): store is T & HolderWrites {
  return store.sharing.isHeld;
}
