import { assembleCall } from '../cdr/assemble-call';
import type { Call } from '../cdr/call';
import { callKey, noParts, type CallId, type CallParts } from '../cdr/call-parts';
import type { CallRules } from '../cdr/call-rules';
import { highestGroups, type Ranking } from '../cdr/highest-groups';
import { factsOf, type Fact, type Measure } from '../cdr/measures';
import type { CdrRecord } from '../cdr/record';
import type { RepeatedCaller } from '../cdr/repeated-callers';
import type { GroupSums, StatisticsPlan } from '../cdr/sum-facts';
import {
  factsOfCalls,
  selectCallsOf,
  selectContactsOf,
  selectRecordsOf,
  selectRepeatedOf,
  sumCalls,
  type KeptCall,
} from '../answers/answer-from-calls';
import type {
  AskedContact,
  ContactSelection,
  RepeatedSelection,
  RowSelection,
  Selected,
} from '../answers/answer-store';
import type { CallChange, CallTables, EngineQuestions, StoreEngine, Transaction, Writer } from './engine';
import { RecentCalls } from './recent-calls';
import { shareTexts } from './share-texts';
import type { Scans } from './store';

/** Calls that are looked through in memory for one answer: of more, the engine answers sooner. */
const mostLookedThrough = 2_000;
/** Calls that come from the engine into memory in one go: so few that requests are answered between, and take little memory. */
const loadedAtOnce = 100;

/**
 * An engine that keeps its newest calls in memory besides: they are asked for most, and a new call is known to be new
 * without a look into the database. Only for an engine that nobody else writes to.
 */
export class RecentCallsEngine implements StoreEngine {
  readonly questions: EngineQuestions;
  private recent = new RecentCalls(0, Infinity);
  private isClosing = false;

  /** @param capacity calls */
  constructor(
    private readonly engine: StoreEngine,
    private readonly rules: CallRules,
    capacity: number
  ) {
    this.questions = withRecentAnswers(engine.questions, () => this.recent);
    void this.load(capacity).catch(() => undefined);
  }

  get supports() {
    return this.engine.supports;
  }

  get sharing() {
    return this.engine.sharing;
  }

  get elsewhere() {
    return this.engine.elsewhere;
  }

  write<T>(task: (transaction: Transaction) => Promise<T>, by: Writer): Promise<T> {
    return this.engine.write(
      (transaction) => task({ ...transaction, calls: withRecentCalls(transaction, this.recent) }),
      by
    );
  }

  readonly scan: Scans['scan'] = (...asked) => this.engine.scan(...asked);

  isAtFault(error: unknown): boolean {
    return this.engine.isAtFault(error);
  }

  close(): Promise<void> {
    this.isClosing = true;
    return this.engine.close();
  }

  /** Before the first batch, so that it can be told from memory; until then every question is put to the engine. */
  private load(capacity: number): Promise<void> {
    return this.engine.write(async ({ calls }) => {
      const { ids, since } = await calls.newest(capacity);
      const recent = new RecentCalls(capacity, since);
      const shared = shareTexts();
      for (let first = 0; first < ids.length && !this.isClosing; first += loadedAtOnce) {
        const some = ids.slice(first, first + loadedAtOnce);
        const stored = await calls.read(some);
        const standing = some.map((id) => shared({ id, parts: stored.get(callKey(id)) ?? noParts }));
        recent.put(standing.map((call) => ({ ...call, assembled: assembleCall(call.parts, this.rules) })));
      }
      this.recent = this.isClosing ? this.recent : recent;
    }, 'holder');
  }
}

function withRecentCalls({ calls, afterCommit }: Transaction, recent: RecentCalls): CallTables {
  return {
    async read(ids: readonly CallId[]): Promise<Map<string, CallParts>> {
      const unknown = ids.filter((id) => !recent.get(id) && !recent.knowsAllLike(id));
      const stored = unknown.length > 0 ? await calls.read(unknown) : new Map<string, CallParts>();
      ids.forEach((id) => {
        const parts = recent.get(id);
        if (parts) {
          stored.set(callKey(id), parts);
        }
      });
      return stored;
    },
    async write(changes: readonly CallChange[]): Promise<void> {
      await calls.write(changes);
      afterCommit(() => recent.put(changes));
    },
    async removeBefore(time: number): Promise<number> {
      const removed = await calls.removeBefore(time);
      afterCommit(() => recent.forgetBefore(time));
      return removed;
    },
    readAlike: (records, slack) => calls.readAlike(records, slack),
    linkedIdsOf: (channels, from, to) => calls.linkedIdsOf(channels, from, to),
    serversOfQueueLogs: (servers) => calls.serversOfQueueLogs(servers),
    after: (id, count) => calls.after(id, count),
    newest: (count) => calls.newest(count),
  };
}

function withRecentAnswers(questions: EngineQuestions, recentCalls: () => RecentCalls): EngineQuestions {
  return {
    async selectRecords(selection: RowSelection, signal?: AbortSignal): Promise<Selected<CdrRecord>> {
      signal?.throwIfAborted();
      const rows = rowsOf(recentCalls(), selection, selectRecordsOf);
      return rows
        ? { rows, sql: questions.selectSql('records', selection) }
        : questions.selectRecords(selection, signal);
    },
    async selectCalls(selection: RowSelection, signal?: AbortSignal): Promise<Selected<Call>> {
      signal?.throwIfAborted();
      const rows = rowsOf(recentCalls(), selection, selectCallsOf);
      return rows ? { rows, sql: questions.selectSql('calls', selection) } : questions.selectCalls(selection, signal);
    },
    async sum(plan: StatisticsPlan, wanted: readonly Measure[], signal?: AbortSignal): Promise<Selected<GroupSums>> {
      signal?.throwIfAborted();
      const kept = keptFor(recentCalls(), plan, factsOf(wanted));
      return kept
        ? { rows: sumCalls(kept, plan, wanted), sql: questions.sumSql(plan, wanted) }
        : questions.sum(plan, wanted, signal);
    },
    async highest(plan: StatisticsPlan, ranking: Ranking, signal?: AbortSignal): Promise<Selected<readonly string[]>> {
      signal?.throwIfAborted();
      const kept = keptFor(recentCalls(), plan, ranking.facts);
      return kept
        ? {
            rows: highestGroups(factsOfCalls(kept, plan, ranking.facts), plan, ranking),
            sql: questions.highestSql(plan, ranking),
          }
        : questions.highest(plan, ranking, signal);
    },
    // Calls are kept by when something happened last, not by when they ended.
    flows: (plan, signal) => questions.flows(plan, signal),
    async selectContacts(selection: ContactSelection, signal?: AbortSignal): Promise<Selected<AskedContact>> {
      signal?.throwIfAborted();
      const kept = keptForCallers(recentCalls(), selection);
      return kept
        ? { rows: selectContactsOf(kept, selection), sql: questions.contactsSql(selection) }
        : questions.selectContacts(selection, signal);
    },
    contactsSql: (selection) => questions.contactsSql(selection),
    async selectRepeated(selection: RepeatedSelection, signal?: AbortSignal): Promise<Selected<RepeatedCaller>> {
      signal?.throwIfAborted();
      const kept = keptForCallers(recentCalls(), selection);
      return kept
        ? { rows: selectRepeatedOf(kept, selection), sql: questions.repeatedSql(selection) }
        : questions.selectRepeated(selection, signal);
    },
    repeatedSql: (selection) => questions.repeatedSql(selection),
    storedCalls: (sought, signal) => questions.storedCalls(sought, signal),
    selectSql: (kind, selection) => questions.selectSql(kind, selection),
    sumSql: (plan, wanted) => questions.sumSql(plan, wanted),
    highestSql: (plan, ranking) => questions.highestSql(plan, ranking),
    stretchesAfter: (stretch, count) => questions.stretchesAfter(stretch, count),
    importStates: () => questions.importStates(),
    gaps: (from, to, signal) => questions.gaps(from, to, signal),
    restarts: (from, to, signal) => questions.restarts(from, to, signal),
    stretches: (server, from, to) => questions.stretches(server, from, to),
    differences: (from, to, signal) => questions.differences(from, to, signal),
    readings: () => questions.readings(),
    queueCounts: (stretch, unbrokenSince, agent) => questions.queueCounts(stretch, unbrokenSince, agent),
    lastHeard: () => questions.lastHeard(),
    clocks: () => questions.clocks(),
    names: () => questions.names(),
    suggest: (field, filters, range, signal) => questions.suggest(field, filters, range, signal),
    recordsOfLastCalls: (calls, signal) => questions.recordsOfLastCalls(calls, signal),
    countRows: (kind, selection, signal) => questions.countRows(kind, selection, signal),
    counts: (signal) => questions.counts(signal),
    countRecords: (server, from, to, signal) => questions.countRecords(server, from, to, signal),
    importState: (key) => questions.importState(key),
  };
}

/** All calls that facts of some kinds depend on; null where they are not all in memory. */
function keptFor(recent: RecentCalls, plan: StatisticsPlan, facts: readonly Fact[]): readonly KeptCall[] | null {
  return facts.includes('stretch') ? null : recent.since(looksAtSince(plan, facts), mostLookedThrough);
}

/** From which instant on facts of some kinds depend on calls, epoch milliseconds. */
function looksAtSince({ from, callers }: StatisticsPlan, facts: readonly Fact[]): number {
  return facts.includes('contact') ? from - (callers?.repeatWithin ?? 0) : from;
}

/** All calls that callers are looked for in, those of before the range too; null where they are not all in memory. */
function keptForCallers(
  recent: RecentCalls,
  { from, within }: ContactSelection | RepeatedSelection
): readonly KeptCall[] | null {
  return recent.since(from - within, mostLookedThrough);
}

/** Rows told from memory, where those that are wanted are all there; else null. */
function rowsOf<T>(
  recent: RecentCalls,
  selection: RowSelection,
  select: (kept: readonly KeptCall[], selection: RowSelection) => T[]
): T[] | null {
  const kept = recent.since(selection.from, mostLookedThrough);
  if (kept) {
    return select(kept, selection);
  }
  if (selection.sortBy !== 'startTime' || selection.sortOrder !== 'desc') {
    return null;
  }
  // The newest first: once there are enough, older ones can't be among them.
  for (let count = 2 * (selection.offset + selection.limit); count <= mostLookedThrough; count *= 4) {
    const { calls, from } = recent.newest(count);
    const rows = select(calls, { ...selection, from: Math.max(selection.from, from) });
    if (rows.length === selection.limit) {
      return rows;
    }
  }
  return null;
}
