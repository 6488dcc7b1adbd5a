import { map, merge, Subject, type Observable } from 'rxjs';
import type { AgentStretch } from '../cdr/agent-presence';
import { assembleCall } from '../cdr/assemble-call';
import type { Call } from '../cdr/call';
import { onItsOwn, withinBounds } from '../cdr/call-bounds';
import { addParts, callKey, noParts, queueEventKey, type CallId, type CallParts } from '../cdr/call-parts';
import { deriveParts, type Derivation } from '../cdr/derivation';
import type { CdrFilters } from '../cdr/filters';
import type { FlowPlan, GroupFlow } from '../cdr/flows';
import type { Gap } from '../cdr/gap';
import type { Ranking } from '../cdr/highest-groups';
import { consultationsOf, joinConsultations } from '../cdr/join-consultations';
import { mapInTurns } from '../cdr/in-turns';
import { joinGaps, nearGaps } from '../cdr/join-gaps';
import { joinStretches } from '../cdr/join-stretches';
import type { Measure } from '../cdr/measures';
import type { LearnedName } from '../cdr/learned-names';
import { PbxClocks, type KnownSpan } from '../cdr/pbx-clocks';
import type { AuditStretch, QueueDifference, StoredCounts } from '../cdr/queue-audit';
import type { QueueReading } from '../cdr/queue-reading';
import type { CdrRecord } from '../cdr/record';
import type { RepeatedCaller } from '../cdr/repeated-callers';
import { recordKey } from '../cdr/record-key';
import { sameStartMs, type Restart } from '../cdr/restart';
import { settleCalls } from '../cdr/settle-calls';
import type { StoredCall } from '../cdr/stored-call';
import type { GroupSums, StatisticsPlan } from '../cdr/sum-facts';
import type {
  AskedContact,
  CallsSought,
  ContactSelection,
  RepeatedSelection,
  RowSelection,
  Selected,
} from '../answers/answer-store';
import type { Range } from '../query/parse-range';
import type { StoredField } from '../query/variable-query';
import type { RowKind } from '../answers/row-columns';
import type { CallChange, DerivationRun, ForeignChange, Logbook, StoreEngine, Transaction, Writer } from './engine';
import { EventHomes } from './event-homes';
import { EventTwins } from './event-twins';
import { count, groupByCall, halvesOf, joined } from './parts';
import { RecordTwins } from './record-twins';
import type { Sharing } from './sharing';
import { standingOf } from './standing-of';
import type { ChangedCall, Scans, ScanSelection, SetAside, Store, StoreChange, StoreCounts } from './store';

interface Added {
  changed: ChangedCall[];
  /** New parts over the bounds of their calls. */
  surplus: CallParts;
}

/** Calls that are derived again in one transaction. */
const derivedAtOnce = 1_000;
/** Calls that are written together, while the next are assembled. */
const writtenAtOnce = 500;

/** Before the first version of this program, 2026. */
const firstStretch = Date.UTC(2026, 0);

/** A store's thinking, whatever keeps what it stores: adds parts to calls, settles which call they belong to, assembles. */
export class CallStore implements Store {
  private readonly written = new Subject<StoreChange>();
  private readonly aside = new Subject<SetAside>();
  private readonly twins: RecordTwins;
  private readonly eventTwins: EventTwins;
  private readonly eventHomes: EventHomes;
  readonly changes: Observable<StoreChange>;

  constructor(
    private readonly engine: StoreEngine,
    private readonly derivation: Derivation
  ) {
    this.twins = new RecordTwins(engine.supports.severalWriters);
    this.eventTwins = new EventTwins(engine.supports.severalWriters);
    this.eventHomes = new EventHomes(engine.supports.severalWriters);
    this.changes = merge(this.written, engine.elsewhere.pipe(map((change) => this.changeOf(change))));
  }

  get sharing(): Sharing {
    return this.engine.sharing;
  }

  get setAside(): Observable<SetAside> {
    return this.aside;
  }

  async add(parts: CallParts): Promise<ChangedCall[]> {
    const { changed, surplus } = await this.addOrHalve(parts);
    if (count(surplus) === 0) {
      return changed;
    }
    // Good records must not be lost for a linked id that is none.
    const apart = surplus.records.map((record) => onItsOwn(record));
    this.putAside('too-many', {
      records: surplus.records.filter((_, index) => apart[index] === null),
      events: surplus.events,
    });
    const records = apart.filter((record) => record !== null);
    return [...changed, ...(records.length > 0 ? await this.add({ records, events: [] }) : [])];
  }

  /** One part that can't be written must not hold up the others: halves lead to it. */
  private async addOrHalve(parts: CallParts): Promise<Added> {
    try {
      return await this.addAtOnce(parts);
    } catch (error) {
      if (!this.engine.isAtFault(error)) {
        throw error;
      }
      if (count(parts) === 1) {
        this.putAside('unwritable', parts, String(error));
        return { changed: [], surplus: noParts };
      }
    }
    const [first, second] = halvesOf(parts);
    const one = await this.addOrHalve(first);
    const other = await this.addOrHalve(second);
    return { changed: [...one.changed, ...other.changed], surplus: joined([one.surplus, other.surplus]) };
  }

  private putAside(reason: SetAside['reason'], parts: CallParts, detail = ''): void {
    if (count(parts) > 0) {
      this.aside.next({ reason, parts, detail });
    }
  }

  private addAtOnce(parts: CallParts): Promise<Added> {
    const by: Writer = this.sharing.isHeld ? 'holder' : 'anyone';
    return this.engine.write(async (transaction) => {
      const { records, moved } = settleCalls(await this.twins.find(transaction, parts.records), parts.records);
      const placed = await this.eventHomes.place(transaction, { records, events: parts.events });
      const consultations = await transaction.calls.read(consultationsOf(parts));
      const added = groupByCall(joinConsultations(placed.parts, consultations));
      const removed = new Map([...groupByCall({ records: moved, events: placed.moved }), ...consultations]);
      const ids = [...new Map([...removed, ...added]).values()].map(idOf);
      const known = await transaction.calls.read(ids);
      const surplus: CallParts[] = [];
      const change = (id: CallId): CallChange | null => {
        const key = callKey(id);
        const over = (some: CallParts) => surplus.push(some);
        return this.change(id, over, transaction.afterCommit, known.get(key), removed.get(key), added.get(key));
      };
      await this.twins.note(transaction, parts.records);
      transaction.afterCommit(() => this.eventHomes.note(parts.events));
      const changed = await this.write(transaction, ids, change);
      return { changed, surplus: joined(surplus) };
    }, by);
  }

  addStretches(stretches: readonly AgentStretch[]): Promise<void> {
    return this.engine.write(({ logbook }) => this.addSeen(logbook, stretches), 'anyone');
  }

  addGap(gap: Gap): Promise<void> {
    return this.engine.write(async ({ logbook }) => {
      const { server, startTime, endTime } = gap;
      const near = endTime === null ? [] : await logbook.removeGaps(server, startTime - nearGaps, endTime + nearGaps);
      for (const joined of joinGaps([...near, gap])) {
        await logbook.addGap(joined);
      }
    }, 'anyone');
  }

  addRestart(restart: Restart): Promise<void> {
    return this.engine.write(async ({ logbook }) => {
      if (!(await this.isKnownRestart(restart))) {
        await logbook.addRestart(restart);
      }
    }, 'anyone');
  }

  rememberHeard(heard: ReadonlyMap<string, number>): Promise<void> {
    return this.engine.write(({ logbook }) => logbook.rememberHeard(heard), 'holder');
  }

  keepClocks(clocks: readonly KnownSpan[]): Promise<void> {
    return this.engine.write(({ logbook }) => logbook.keepClocks(clocks), 'holder');
  }

  keepNames(names: readonly LearnedName[]): Promise<void> {
    return this.engine.write(({ logbook }) => logbook.keepNames(names), 'holder');
  }

  keepAudit(readings: readonly QueueReading[], found: readonly QueueDifference[]): Promise<void> {
    return this.engine.write(({ logbook }) => logbook.keepAudit(readings, found), 'holder');
  }

  keepImportState(key: string, state: object): Promise<void> {
    return this.engine.write(({ logbook }) => logbook.keepImportState(key, state), 'anyone');
  }

  async deriveAgain(onProgress: (done: number, total: number) => void): Promise<void> {
    const { key } = this.derivation;
    const made = await this.engine.write(({ logbook }) => logbook.derivation(), 'holder');
    if (made === key) {
      return;
    }
    const clocks = new PbxClocks(this.derivation);
    clocks.recall(await this.clocks());
    const { calls: total } = await this.counts();
    const before = await this.engine.write(({ logbook }) => logbook.derivationRun(), 'holder');
    let run = before?.key === key ? before : null;
    for (;;) {
      onProgress(run?.done ?? 0, Math.max(total, run?.done ?? 0));
      const next = await this.engine.write((transaction) => this.deriveNext(transaction, run, clocks), 'holder');
      if (!next) {
        break;
      }
      run = next;
    }
    await this.engine.write(({ logbook }) => deriveStretches(logbook, clocks), 'holder');
    await this.keepClocks(clocks.seen);
    await this.engine.write(({ logbook }) => logbook.keepDerivation(key), 'holder');
  }

  removeBefore(time: number): Promise<number> {
    return this.engine.write(async ({ calls, afterCommit }) => {
      const removed = await calls.removeBefore(time);
      if (removed > 0) {
        afterCommit(() => this.written.next({ changed: [], removedBefore: time }));
      }
      return removed;
    }, 'holder');
  }

  selectRecords(selection: RowSelection, signal?: AbortSignal): Promise<Selected<CdrRecord>> {
    return this.engine.questions.selectRecords(selection, signal);
  }

  selectContacts(selection: ContactSelection, signal?: AbortSignal): Promise<Selected<AskedContact>> {
    return this.engine.questions.selectContacts(selection, signal);
  }

  selectRepeated(selection: RepeatedSelection, signal?: AbortSignal): Promise<Selected<RepeatedCaller>> {
    return this.engine.questions.selectRepeated(selection, signal);
  }

  selectCalls(selection: RowSelection, signal?: AbortSignal): Promise<Selected<Call>> {
    return this.engine.questions.selectCalls(selection, signal);
  }

  storedCalls(sought: CallsSought, signal?: AbortSignal): Promise<Selected<StoredCall>> {
    return this.engine.questions.storedCalls(sought, signal);
  }

  sum(plan: StatisticsPlan, wanted: readonly Measure[], signal?: AbortSignal): Promise<Selected<GroupSums>> {
    return this.engine.questions.sum(plan, wanted, signal);
  }

  highest(plan: StatisticsPlan, ranking: Ranking, signal?: AbortSignal): Promise<Selected<readonly string[]>> {
    return this.engine.questions.highest(plan, ranking, signal);
  }

  flows(plan: FlowPlan, signal?: AbortSignal): Promise<Selected<GroupFlow>> {
    return this.engine.questions.flows(plan, signal);
  }

  gaps(from: number, to: number, signal?: AbortSignal): Promise<Gap[]> {
    return this.engine.questions.gaps(from, to, signal).then(joinGaps);
  }

  restarts(from: number, to: number, signal?: AbortSignal): Promise<Restart[]> {
    return this.engine.questions.restarts(from, to, signal);
  }

  differences(from: number, to: number, signal?: AbortSignal): Promise<QueueDifference[]> {
    return this.engine.questions.differences(from, to, signal);
  }

  readings(): Promise<QueueReading[]> {
    return this.engine.questions.readings();
  }

  queueCounts(stretch: AuditStretch, unbrokenSince: number, agent: string): Promise<StoredCounts> {
    return this.engine.questions.queueCounts(stretch, unbrokenSince, agent);
  }

  names(): Promise<LearnedName[]> {
    return this.engine.questions.names();
  }

  clocks(): Promise<KnownSpan[]> {
    return this.engine.questions.clocks();
  }

  lastHeard(): Promise<Map<string, number>> {
    return this.engine.questions.lastHeard();
  }

  suggest(
    field: StoredField | 'customFields',
    filters: CdrFilters,
    range?: Range | null,
    signal?: AbortSignal
  ): Promise<string[]> {
    return this.engine.questions.suggest(field, filters, range, signal);
  }

  recordsOfLastCalls(calls: number, signal?: AbortSignal): Promise<CdrRecord[]> {
    return this.engine.questions.recordsOfLastCalls(calls, signal);
  }

  countRows(kind: RowKind, selection: ScanSelection, signal?: AbortSignal): Promise<number> {
    return this.engine.questions.countRows(kind, selection, signal);
  }

  counts(signal?: AbortSignal): Promise<StoreCounts> {
    return this.engine.questions.counts(signal);
  }

  countRecords(server: string, from: number, to: number, signal?: AbortSignal): Promise<number> {
    return this.engine.questions.countRecords(server, from, to, signal);
  }

  stretches(server: string, from: number, to: number): Promise<AgentStretch[]> {
    return this.engine.questions.stretches(server, from, to);
  }

  importState(key: string): Promise<unknown> {
    return this.engine.questions.importState(key);
  }

  readonly scan: Scans['scan'] = (...asked) => this.engine.scan(...asked);

  async close(): Promise<void> {
    await this.engine.close();
    this.written.complete();
    this.aside.complete();
  }

  /** Several processes see the same agents, each from when it saw them first. */
  private async addSeen(logbook: Logbook, stretches: readonly AgentStretch[]): Promise<void> {
    if (!this.engine.supports.severalWriters || stretches.length === 0) {
      return logbook.addStretches(stretches);
    }
    const from = stretches.reduce((least, { startTime }) => Math.min(least, startTime), Infinity);
    const to = stretches.reduce((most, { endTime }) => Math.max(most, endTime), -Infinity);
    await logbook.addStretches(joinStretches([...(await logbook.removeStretches(from, to)), ...stretches]));
  }

  /** Each of several processes hears of it. */
  private async isKnownRestart({ server, time }: Restart): Promise<boolean> {
    const near = Number.isSafeInteger(time) ? await this.restarts(time - sameStartMs + 1, time + sameStartMs) : [];
    return near.some((known) => known.server === server);
  }

  /** What another process changed, assembled by the rules of this one. */
  private changeOf({ calls, removedBefore }: ForeignChange): StoreChange {
    const changed = calls.map(({ id, parts, freshRecords, stood }): ChangedCall => {
      const fresh = new Set(freshRecords);
      return {
        id,
        stood,
        assembled: assembleCall(parts, this.derivation.rules),
        records: parts.records,
        freshRecords: parts.records.filter((record) => fresh.has(recordKey(record))),
      };
    });
    return { changed, removedBefore };
  }

  private change(
    id: CallId,
    onSurplus: (surplus: CallParts) => void,
    afterCommit: Transaction['afterCommit'],
    known: CallParts = noParts,
    removed: CallParts = noParts,
    added: CallParts = noParts
  ): CallChange | null {
    const standing = without(known, removed);
    const settled = this.eventTwins.settle(standing.events, added.events, this.sharing.lateness, afterCommit);
    const kept = without(standing, { records: [], events: settled.gone });
    const { parts, fresh, gone, surplus } = withinBounds(addParts(kept, { ...added, events: settled.fresh }));
    if (count(surplus) > 0) {
      onSurplus(surplus);
    }
    const rewritten = count(removed) + gone.length + settled.gone.length > 0;
    if (fresh.records.length === 0 && fresh.events.length === 0 && !rewritten) {
      return null;
    }
    return { id, known, parts, fresh, rewritten, assembled: assembleCall(parts, this.derivation.rules) };
  }

  /** Derives the calls after those that are done, with a note of how far it came; null where there are no more. */
  private async deriveNext(
    transaction: Transaction,
    run: DerivationRun | null,
    clocks: PbxClocks
  ): Promise<DerivationRun | null> {
    const { calls, logbook } = transaction;
    const ids = await calls.after(run?.after ?? null, derivedAtOnce);
    const last = ids.at(-1);
    if (!last) {
      return null;
    }
    await this.derive(transaction, ids, clocks);
    const next = { key: this.derivation.key, after: last, done: (run?.done ?? 0) + ids.length };
    await logbook.keepDerivationRun(next);
    // A run that goes on later knows the clocks as they were learned.
    await logbook.keepClocks(clocks.seen);
    return next;
  }

  private async derive(transaction: Transaction, ids: readonly CallId[], clocks: PbxClocks): Promise<void> {
    const { rules } = this.derivation;
    const loaded = await transaction.calls.read(ids);
    // Retention may have removed a call since the calls were listed.
    const present = [...loaded.values()].filter(({ records, events }) => records.length + events.length > 0);
    await this.write(transaction, present, (known) => {
      const id = idOf(known);
      const parts = deriveParts(known, rules, clocks.of(id.server));
      return { id, known, parts, fresh: noParts, rewritten: true, assembled: assembleCall(parts, rules) };
    });
  }

  /** Writes what changes of calls, of some while the next are assembled. */
  private async write<T>(
    { calls, afterCommit }: Transaction,
    items: readonly T[],
    change: (item: T) => CallChange | null
  ): Promise<ChangedCall[]> {
    const changed: ChangedCall[] = [];
    let writing: Promise<void> = Promise.resolve();
    try {
      for (let from = 0; from < items.length; from += writtenAtOnce) {
        const all = await mapInTurns(items.slice(from, from + writtenAtOnce), change);
        const changes = all.filter((one) => one !== null);
        changed.push(...changes.map(changedCall));
        await writing;
        writing = calls.write(changes);
        // It is waited for in its turn.
        writing.catch(() => undefined);
      }
    } finally {
      await writing;
    }
    if (changed.length > 0) {
      afterCommit(() => this.written.next({ changed, removedBefore: null }));
    }
    return changed;
  }
}

function changedCall({ id, assembled, parts, fresh, known }: CallChange): ChangedCall {
  return {
    id,
    assembled,
    records: parts.records,
    freshRecords: fresh.records,
    stood: standingOf(known),
  };
}

function without(known: CallParts, removed: CallParts): CallParts {
  const records = new Set(removed.records.map(recordKey));
  const events = new Set(removed.events.map(queueEventKey));
  return {
    records: records.size === 0 ? known.records : known.records.filter((one) => !records.has(recordKey(one))),
    events: events.size === 0 ? known.events : known.events.filter((one) => !events.has(queueEventKey(one))),
  };
}

/** Gives the times of agents the offsets of their PBX's clock. */
async function deriveStretches(logbook: Logbook, clocks: PbxClocks): Promise<void> {
  for (const server of await logbook.stretchServers()) {
    let from = 0;
    for (const { until, offset } of clocks.of(server).stretches(firstStretch, Date.now()) ?? []) {
      await logbook.moveStretches(server, from, until, offset / 1000);
      from = until;
    }
  }
}

function idOf({ records, events }: CallParts): CallId {
  const { server, linkedId } = records[0] ?? events[0]!;
  return { server, linkedId };
}
