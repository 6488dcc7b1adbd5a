import type { Observable } from 'rxjs';
import type { AgentStretch } from '../cdr/agent-presence';
import type { CallId, CallParts } from '../cdr/call-parts';
import type { Gap } from '../cdr/gap';
import type { Ranking } from '../cdr/highest-groups';
import type { Measure } from '../cdr/measures';
import type { LearnedName } from '../cdr/learned-names';
import type { KnownSpan } from '../cdr/pbx-clocks';
import type { QueueDifference } from '../cdr/queue-audit';
import type { QueueReading } from '../cdr/queue-reading';
import type { CdrRecord } from '../cdr/record';
import type { Restart } from '../cdr/restart';
import type { StatisticsPlan } from '../cdr/sum-facts';
import type { ContactSelection, RepeatedSelection, RowSelection } from '../answers/answer-store';
import type { RowKind } from '../answers/row-columns';
import type { StandingCall } from './recent-calls';
import type { Sharing } from './sharing';
import type { ChangedCall, Scans, StoreQuestions } from './store';

/** What an engine can do, as data: what stands above it, and its tests, go by this. */
export interface EngineSupports {
  /** Other processes write to the same store, so that what was read once may have changed. */
  severalWriters: boolean;
}

/** A call as a write leaves it. */
export interface CallChange extends StandingCall {
  /** Parts that are new. */
  fresh: CallParts;
  /** Parts that were stored before. */
  known: CallParts;
  /** True when stored records of the call went or changed, so that all of them are written again. */
  rewritten: boolean;
}

/** A call that another process stored or changed. */
export interface ForeignCall extends Pick<ChangedCall, 'id' | 'stood'> {
  /** All that it has now. */
  parts: CallParts;
  /** `recordKey` of those of its records that are new. */
  freshRecords: readonly string[];
}

/** What another process changed. */
export interface ForeignChange {
  calls: readonly ForeignCall[];
  /** All that began before this instant was removed; null where nothing was. Epoch milliseconds. */
  removedBefore: number | null;
}

/**
 * Who may do a write of a store that several processes share. `holder`: the one that holds the lease; another's is refused
 * with a `NotHolderError`, also where it lost the lease meanwhile. `anyone`: what each of them heard for itself, which is
 * stored once whoever stores it. Of a store of one process, that one is both.
 */
export type Writer = 'holder' | 'anyone';

/** How far calls are derived again. */
export interface DerivationRun {
  key: string;
  /** The last call that is done. */
  after: CallId;
  /** How many are. */
  done: number;
}

/** Tells channels apart. */
export type ChannelId = Pick<CdrRecord, 'server' | 'uniqueId'>;

/** The calls of a store, within one transaction. */
export interface CallTables {
  /** What is stored of calls, by `callKey`. */
  read(ids: readonly CallId[]): Promise<Map<string, CallParts>>;
  /** Stored records of the same channels as `records`, that began at most `slack` milliseconds apart from them. */
  readAlike(records: readonly CdrRecord[], slack: number): Promise<CdrRecord[]>;
  /** Calls that channels are part of, by records and heard events of a range. Epoch milliseconds. */
  linkedIdsOf(
    channels: readonly ChannelId[],
    from: number,
    to: number
  ): Promise<Array<ChannelId & Pick<CallId, 'linkedId'>>>;
  /** Those of these PBXes of which events are stored that were read from a queue_log. */
  serversOfQueueLogs(servers: readonly string[]): Promise<string[]>;
  write(changes: readonly CallChange[]): Promise<void>;
  /** The first calls after one, or of all, by linked id and server. */
  after(id: CallId | null, count: number): Promise<CallId[]>;
  /**
   * At least the `count` calls that began last, or all where there are fewer: every call with a fact, an event or a linked
   * id of `since` or later. Epoch milliseconds.
   */
  newest(count: number): Promise<{ ids: CallId[]; since: number }>;
  /** Removes what began before an instant; gives how many records went. */
  removeBefore(time: number): Promise<number>;
}

/** What is kept besides calls, within one transaction. */
export interface Logbook {
  addStretches(stretches: readonly AgentStretch[]): Promise<void>;
  /** Removes the stretches that touch a range, and gives them. Epoch milliseconds. */
  removeStretches(from: number, to: number): Promise<AgentStretch[]>;
  /** Gives the stretches of a PBX that began in a range another offset; `to` is exclusive. Epoch milliseconds, seconds. */
  moveStretches(server: string, from: number, to: number, utcOffset: number): Promise<void>;
  /** PBXes of which stretches are stored. */
  stretchServers(): Promise<string[]>;
  addGap(gap: Gap): Promise<void>;
  /** Removes the gaps of a PBX that touch a range, and gives them. Epoch milliseconds. */
  removeGaps(server: string, from: number, to: number): Promise<Gap[]>;
  addRestart(restart: Restart): Promise<void>;
  rememberHeard(heard: ReadonlyMap<string, number>): Promise<void>;
  keepClocks(clocks: readonly KnownSpan[]): Promise<void>;
  keepNames(names: readonly LearnedName[]): Promise<void>;
  keepAudit(readings: readonly QueueReading[], found: readonly QueueDifference[]): Promise<void>;
  keepImportState(key: string, state: object): Promise<void>;
  /** Notes the start of the latest imported record of PBXes, epoch milliseconds; an earlier one than is noted changes nothing. */
  noteImported(until: ReadonlyMap<string, number>): Promise<void>;
  /** Start of the latest imported record of each PBX, epoch milliseconds. */
  importedUntil(): Promise<Map<string, number>>;
  /** Key of the derivation that all calls were made by; null where none is known. */
  derivation(): Promise<string | null>;
  /** All calls were made by a derivation; no run goes on. */
  keepDerivation(key: string): Promise<void>;
  /** How far a run of deriving again came; null where none goes on. */
  derivationRun(): Promise<DerivationRun | null>;
  keepDerivationRun(run: DerivationRun): Promise<void>;
}

export interface Transaction {
  readonly calls: CallTables;
  readonly logbook: Logbook;
  /** Has something done once it is durable, before any other write. */
  afterCommit(effect: () => void): void;
}

export interface EngineQuestions extends StoreQuestions {
  /** The statement of `selectRecords` or `selectCalls`. */
  selectSql(kind: RowKind, selection: RowSelection): string;
  /** The statement of `selectContacts`. */
  contactsSql(selection: ContactSelection): string;
  /** The statement of `selectRepeated`. */
  repeatedSql(selection: RepeatedSelection): string;
  /** The statements of `sum`. */
  sumSql(plan: StatisticsPlan, wanted: readonly Measure[]): string;
  /** The statement of `highest`. */
  highestSql(plan: StatisticsPlan, ranking: Ranking): string;
  /** The first stretches after one, or of all, by start, PBX and agent. */
  stretchesAfter(stretch: AgentStretch | null, count: number): Promise<AgentStretch[]>;
  /** What every import kept last, by its key. */
  importStates(): Promise<Map<string, object>>;
}

/**
 * What keeps and asks: a database below a `CallStore`, which does the thinking.
 *
 * An engine runs writes one after the other, those of other processes among them, each of which sees what those before
 * it stored. One with several writers says in `elsewhere` what others wrote; `supports.severalWriters` then keeps what was
 * read out of memory.
 */
export interface StoreEngine extends Scans {
  readonly supports: EngineSupports;
  readonly sharing: Sharing;
  /** What other processes changed, after it is durable; ends when the engine is closed, at once where there is no other. */
  readonly elsewhere: Observable<ForeignChange>;
  readonly questions: EngineQuestions;
  /** Runs a task in a transaction of its own, which is durable when this resolves and undone when it throws. */
  write<T>(task: (transaction: Transaction) => Promise<T>, by: Writer): Promise<T>;
  /** True where what is written is at fault, so that it fails again and again while all else can be written. */
  isAtFault(error: unknown): boolean;
  close(): Promise<void>;
}
