import type { AgentStretch } from '../../cdr/agent-presence';
import { assembleCall } from '../../cdr/assemble-call';
import type { Call } from '../../cdr/call';
import { addParts, callKey, type CallParts } from '../../cdr/call-parts';
import { deriveRecord, type Derivation } from '../../cdr/derivation';
import type { CdrFilters } from '../../cdr/filters';
import type { Gap } from '../../cdr/gap';
import { factsOf, type Measure } from '../../cdr/measures';
import type { PbxClock } from '../../cdr/pbx-clock';
import type { CdrRecord } from '../../cdr/record';
import { recordKey } from '../../cdr/record-key';
import type { Restart } from '../../cdr/restart';
import { settleCalls } from '../../cdr/settle-calls';
import type { GroupSums, StatisticsPlan } from '../../cdr/sum-facts';
import { selectCallsOf, selectRecordsOf, sumCalls, type KeptCall } from '../../answers/answer-from-calls';
import type { RowSelection, Selected } from '../../answers/answer-store';
import type { RowKind, RowKinds } from '../../answers/row-columns';
import { RecentCalls, type CallId, type StandingCall } from '../recent-calls';
import type { ChangedCall, Scan, ScanSelection, Store, StoreCounts, SuggestionField } from '../store';
import { StoreClosedError } from '../store-closed-error';
import { appendRows } from './append-rows';
import { DuckDbAnswers, type RowFact } from './duckdb-answers';
import { DuckDbFile } from './duckdb-file';
import { DuckDbScan } from './duckdb-scan';
import type { FileConnection } from './file-connection';
import { factTables } from './filter-sql';
import { migrate } from './migrations';
import { RecordTwins } from './record-twins';
import { Readers } from './readers';
import { groupByCall, StoredCalls } from './stored-calls';
import type { Table } from './table';
import {
  assembledTables,
  callTable,
  eventTable,
  gapTable,
  heardTable,
  importTable,
  legTable,
  recordTable,
  restartTable,
  stretchTable,
  visitTable,
} from './tables';

/** Calls that are looked through in memory for one answer: of more, the file tells sooner. */
const mostLookedThrough = 2_000;
/** Calls that are derived again in one transaction. */
const derivedAtOnce = 5_000;
const rowTables: { [K in RowKind]: { fact: RowFact; table: Table<RowKinds[K]> } } = {
  records: { fact: 'record', table: recordTable },
  calls: { fact: 'call', table: callTable },
};
const noParts: CallParts = { records: [], events: [] };

/** Calls that come from the file into memory in one go: so few that requests are answered between, and take little memory. */
const loadedAtOnce = 500;

export interface DuckDbStoreOptions {
  /** Hears what an Admin should know of the file, for the log. */
  onNotice?: (notice: string) => void;
  /** Calls that are kept in memory besides. */
  recentCalls?: number;
}

/**
 * A store in one DuckDB file. Writes go through one connection, one batch a transaction; reads through another, so that
 * a panel sees whole batches and never waits for one.
 */
export class DuckDbStore implements Store {
  private readonly answers: DuckDbAnswers;
  private writing: Promise<unknown> = Promise.resolve();
  private recent = new RecentCalls(0, Infinity);
  private isClosing = false;

  private constructor(
    private readonly file: DuckDbFile,
    private readonly writer: FileConnection,
    private readonly reader: Readers,
    private readonly calls: StoredCalls,
    private readonly twins: RecordTwins,
    private readonly derivation: Derivation
  ) {
    this.answers = new DuckDbAnswers(reader);
  }

  /** @throws Error when the file can't be opened, is locked by another process or is of a newer version */
  static async open(
    path: string,
    derivation: Derivation,
    { recentCalls = 5_000, onNotice }: DuckDbStoreOptions = {}
  ): Promise<DuckDbStore> {
    const file = await DuckDbFile.open(path);
    try {
      if (file.keptLog) {
        onNotice?.(
          `The log of the store was damaged. It is kept as ${file.keptLog}, and what could be read of it is in the store`
        );
      }
      const writer = await file.connect();
      await migrate(writer);
      const calls = await StoredCalls.open(writer);
      const [readers, twins] = [await Readers.open(file), await RecordTwins.open(writer)];
      const store = new DuckDbStore(file, writer, readers, calls, twins, derivation);
      void store.loadRecent(recentCalls);
      return store;
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  /** True when DuckDB gave up a file, such as after a checkpoint on a full disk: it has to be opened anew. */
  static isFatal(error: unknown): boolean {
    return /FATAL|database has been invalidated/.test(String(error));
  }

  add(parts: CallParts): Promise<ChangedCall[]> {
    return this.exclusively(async () => {
      const { records, moved } = settleCalls(await this.twins.find(parts.records), parts.records);
      const added = groupByCall({ records, events: parts.events });
      const removed = groupByCall({ records: moved, events: [] });
      const ids = [...new Map([...removed, ...added]).values()].map(idOf);
      const known = await this.load(ids);
      const changes = ids.flatMap((id) => {
        const key = callKey(id);
        return this.change(id, known.get(key)!, removed.get(key)?.records ?? [], added.get(key) ?? noParts) ?? [];
      });
      await this.inTransaction(() => this.write(changes));
      this.recent.put(changes);
      this.twins.note(parts.records);
      return changes.map(({ assembled, fresh }) => ({ assembled, freshRecords: fresh.records }));
    });
  }

  addStretches(stretches: readonly AgentStretch[]): Promise<void> {
    if (stretches.length === 0) {
      return Promise.resolve();
    }
    const earliest = stretches.reduce((least, { startTime }) => Math.min(least, startTime), Infinity);
    return this.exclusively(() =>
      this.inTransaction(async () => {
        await appendRows(this.writer, stretchTable, stretches);
        await this.writer.run(
          `DELETE FROM ${stretchTable.name} WHERE start_time >= $1::BIGINT AND rowid NOT IN ` +
            `(SELECT max(rowid) FROM ${stretchTable.name} WHERE start_time >= $1::BIGINT GROUP BY server, agent, start_time)`,
          [BigInt(earliest)]
        );
      })
    );
  }

  addGap(gap: Gap): Promise<void> {
    return this.exclusively(() => appendRows(this.writer, gapTable, [gap]));
  }

  gaps(from: number, to: number, signal?: AbortSignal): Promise<Gap[]> {
    return this.answers.gaps(from, to, signal);
  }

  addRestart(restart: Restart): Promise<void> {
    return this.exclusively(() => appendRows(this.writer, restartTable, [restart]));
  }

  restarts(from: number, to: number, signal?: AbortSignal): Promise<Restart[]> {
    return this.answers.restarts(from, to, signal);
  }

  rememberHeard(heard: ReadonlyMap<string, number>): Promise<void> {
    return this.exclusively(() =>
      this.inTransaction(async () => {
        await this.writer.run(`DELETE FROM ${heardTable.name}`);
        await appendRows(
          this.writer,
          heardTable,
          [...heard].map(([server, at]) => ({ server, at }))
        );
      })
    );
  }

  lastHeard(): Promise<Map<string, number>> {
    return this.answers.lastHeard();
  }

  async selectRecords(selection: RowSelection, signal?: AbortSignal): Promise<Selected<CdrRecord>> {
    signal?.throwIfAborted();
    return this.fromRecent('record', selection, selectRecordsOf) ?? this.answers.selectRecords(selection, signal);
  }

  async selectCalls(selection: RowSelection, signal?: AbortSignal): Promise<Selected<Call>> {
    signal?.throwIfAborted();
    return this.fromRecent('call', selection, selectCallsOf) ?? this.answers.selectCalls(selection, signal);
  }

  async sum(plan: StatisticsPlan, wanted: readonly Measure[], signal?: AbortSignal): Promise<Selected<GroupSums>> {
    signal?.throwIfAborted();
    const kept = factsOf(wanted).includes('stretch') ? null : this.recent.since(plan.from, mostLookedThrough);
    return kept
      ? { rows: sumCalls(kept, plan, wanted), sql: this.answers.sumSql(plan, wanted) }
      : this.answers.sum(plan, wanted, signal);
  }

  suggest(field: SuggestionField | 'customFields', filters: CdrFilters, signal?: AbortSignal): Promise<string[]> {
    return this.answers.suggest(field, filters, signal);
  }

  recordsOfLastCalls(calls: number, signal?: AbortSignal): Promise<CdrRecord[]> {
    return this.answers.recordsOfLastCalls(calls, signal);
  }

  async scan<K extends RowKind, R>(
    kind: K,
    selection: ScanSelection,
    look: (scan: Scan<RowKinds[K]>) => Promise<R>,
    signal?: AbortSignal
  ): Promise<R> {
    const { fact, table } = rowTables[kind];
    const scan = await DuckDbScan.open(await this.file.connect(), fact, table, selection, signal);
    try {
      return await look(scan);
    } finally {
      await scan.close();
    }
  }

  countRows(kind: RowKind, selection: ScanSelection, signal?: AbortSignal): Promise<number> {
    return this.answers.countRows(rowTables[kind].fact, selection, signal);
  }

  counts(signal?: AbortSignal): Promise<StoreCounts> {
    return this.answers.counts(signal);
  }

  countRecords(server: string, from: number, to: number, signal?: AbortSignal): Promise<number> {
    return this.answers.countRecords(server, from, to, signal);
  }

  importState(key: string): Promise<unknown> {
    return this.answers.importState(key);
  }

  keepImportState(key: string, state: object): Promise<void> {
    return this.exclusively(() =>
      this.inTransaction(async () => {
        await this.writer.run(`DELETE FROM ${importTable.name} WHERE key = $1`, [key]);
        await appendRows(this.writer, importTable, [{ key, state }]);
      })
    );
  }

  async deriveAgain(onProgress: (done: number, total: number) => void): Promise<void> {
    const { key, newClock } = this.derivation;
    const [made] = (await this.reader.runAndReadAll('SELECT key FROM derivation')).getRowObjectsJS();
    const ids = made?.key === key ? [] : await this.exclusively(() => this.calls.all());
    const clocks = new Map([...new Set(ids.map(({ server }) => server))].map((server) => [server, newClock(server)]));
    for (let done = 0; done < ids.length; done += derivedAtOnce) {
      onProgress(done, ids.length);
      await this.exclusively(() => this.derive(ids.slice(done, done + derivedAtOnce), clocks));
    }
    if (made?.key !== key) {
      await this.exclusively(async () => {
        await this.writer.run('DELETE FROM derivation');
        await this.writer.run('INSERT INTO derivation VALUES ($1)', [key]);
      });
    }
  }

  removeBefore(time: number): Promise<number> {
    return this.exclusively(async () => {
      const removed = await this.writer.runAndReadAll('DELETE FROM record WHERE start_time < $1::BIGINT', [
        BigInt(time),
      ]);
      await this.writer.run('DELETE FROM queue_event WHERE "at" < $1::BIGINT', [BigInt(time)]);
      for (const fact of ['call', 'visit', 'leg', 'stretch'] as const) {
        const { table, time: column } = factTables[fact];
        await this.writer.run(`DELETE FROM ${table} WHERE ${column} < $1::BIGINT`, [BigInt(time)]);
      }
      await this.writer.run('DELETE FROM gap WHERE end_time < $1::BIGINT', [BigInt(time)]);
      await this.writer.run('DELETE FROM restart WHERE "time" < $1::BIGINT', [BigInt(time)]);
      this.recent.forgetBefore(time);
      return removed.rowsChanged;
    });
  }

  /** What was to be written before is written; questions end with a StoreClosedError, as does all that comes after. */
  close(): Promise<void> {
    this.isClosing = true;
    return this.file.close(this.writer, this.writing);
  }

  /** Before the first batch, so that it can be told from memory; until then every question is put to the file. */
  private loadRecent(count: number): Promise<void> {
    return this.exclusively(async () => {
      const { ids, since } = await this.calls.newest(count);
      const recent = new RecentCalls(count, since);
      for (let first = 0; first < ids.length; first += loadedAtOnce) {
        if (this.isClosing) {
          return;
        }
        const stored = [...(await this.calls.read(ids.slice(first, first + loadedAtOnce))).values()];
        const { rules } = this.derivation;
        recent.put(stored.map((parts) => ({ id: idOf(parts), parts, assembled: assembleCall(parts, rules) })));
      }
      this.recent = recent;
    }).catch(() => undefined);
  }

  /** One batch at a time, in order. */
  private exclusively<T>(task: () => Promise<T>): Promise<T> {
    if (this.isClosing) {
      return Promise.reject(new StoreClosedError());
    }
    const result = this.writing.then(task);
    this.writing = result.catch(() => undefined);
    return result;
  }

  private change(id: CallId, known: CallParts, removed: readonly CdrRecord[], added: CallParts): Change | null {
    const isNew = known.records.length === 0 && known.events.length === 0;
    const { parts, fresh, gone } = addParts(without(known, removed), added);
    const rewritten = removed.length + gone.length > 0;
    if (fresh.records.length === 0 && fresh.events.length === 0 && !rewritten) {
      return null;
    }
    return { id, parts, fresh, isNew, rewritten, assembled: assembleCall(parts, this.derivation.rules) };
  }

  private async derive(ids: readonly CallId[], clocks: ReadonlyMap<string, PbxClock>): Promise<void> {
    const { rules } = this.derivation;
    const loaded = await this.load(ids);
    // Retention may have removed a call since the calls were listed.
    const present = [...loaded].filter(([, { records, events }]) => records.length + events.length > 0);
    const changes = present.map(([, known]): Change => {
      const id = idOf(known);
      const { server } = id;
      const records = known.records.map((record) => deriveRecord(record, rules, clocks.get(server)!));
      const parts = { records, events: known.events };
      const fresh = { records, events: [] };
      return { id, parts, fresh, isNew: false, rewritten: true, assembled: assembleCall(parts, rules) };
    });
    await this.inTransaction(() => this.write(changes));
    this.recent.put(changes);
  }

  /** What is known of calls, by key, from memory or else from the file. */
  private async load(ids: readonly CallId[]): Promise<Map<string, CallParts>> {
    const unknown = ids.filter((id) => !this.recent.get(id) && !this.recent.knowsAllLike(id));
    const stored = unknown.length > 0 ? await this.calls.read(unknown) : new Map<string, CallParts>();
    return new Map(ids.map((id) => [callKey(id), this.recent.get(id) ?? stored.get(callKey(id)) ?? noParts] as const));
  }

  /** Rows told from memory, where those that are wanted are all there; else null. */
  private fromRecent<T>(
    fact: RowFact,
    selection: RowSelection,
    select: (kept: readonly KeptCall[], selection: RowSelection) => T[]
  ): Selected<T> | null {
    const sql = (): string => this.answers.selectSql(fact, selection);
    const kept = this.recent.since(selection.from, mostLookedThrough);
    if (kept) {
      return { rows: select(kept, selection), sql: sql() };
    }
    if (selection.sortBy !== 'startTime' || selection.sortOrder !== 'desc') {
      return null;
    }
    // The newest first: once there are enough, older ones can't be among them.
    for (let count = 2 * (selection.offset + selection.limit); count <= mostLookedThrough; count *= 4) {
      const { calls, from } = this.recent.newest(count);
      const rows = select(calls, { ...selection, from: Math.max(selection.from, from) });
      if (rows.length === selection.limit) {
        return { rows, sql: sql() };
      }
    }
    return null;
  }

  private async write(changes: readonly Change[]): Promise<void> {
    const { writer, calls } = this;
    const idsOf = (some: readonly Change[]): CallId[] => some.map(({ id }) => id);
    await calls.deleteFrom(assembledTables, idsOf(changes.filter(({ isNew }) => !isNew)));
    await calls.deleteFrom([recordTable], idsOf(changes.filter(({ rewritten }) => rewritten)));
    const records = changes.flatMap(({ rewritten, parts, fresh }) => (rewritten ? parts.records : fresh.records));
    await appendRows(writer, recordTable, records);
    await appendRows(
      writer,
      eventTable,
      changes.flatMap(({ fresh }) => fresh.events)
    );
    await appendRows(
      writer,
      callTable,
      changes.flatMap(({ assembled }) => assembled.call ?? [])
    );
    await appendRows(
      writer,
      visitTable,
      changes.flatMap(({ assembled }) => assembled.visits)
    );
    await appendRows(
      writer,
      legTable,
      changes.flatMap(({ assembled }) => assembled.legs)
    );
  }

  private async inTransaction(task: () => Promise<void>): Promise<void> {
    await this.writer.run('BEGIN');
    try {
      await task();
      await this.writer.run('COMMIT');
    } catch (error) {
      await this.writer.run('ROLLBACK').catch(() => undefined);
      throw error;
    }
  }
}

interface Change extends StandingCall {
  fresh: CallParts;
  /** True when nothing of the call was stored before. */
  isNew: boolean;
  /** True when stored records of the call went or changed, so that all of them are written anew. */
  rewritten: boolean;
}

function without(known: CallParts, removed: readonly CdrRecord[]): CallParts {
  const keys = new Set(removed.map(recordKey));
  return removed.length === 0
    ? known
    : { records: known.records.filter((record) => !keys.has(recordKey(record))), events: known.events };
}

function idOf({ records, events }: CallParts): CallId {
  const { server, linkedId } = records[0] ?? events[0]!;
  return { server, linkedId };
}
