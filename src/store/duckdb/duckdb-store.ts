import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import type { AgentStretch } from '../../cdr/agent-presence';
import { assembleCall, type AssembledCall } from '../../cdr/assemble-call';
import type { Call } from '../../cdr/call';
import { addParts, callKey, type CallParts } from '../../cdr/call-parts';
import { deriveRecord, type Derivation } from '../../cdr/derivation';
import type { CdrFilters } from '../../cdr/filters';
import type { Gap } from '../../cdr/gap';
import type { Fact } from '../../cdr/measures';
import type { PbxClock } from '../../cdr/pbx-clock';
import type { QueueEvent } from '../../cdr/queue-event';
import type { CdrRecord } from '../../cdr/record';
import { recordKey } from '../../cdr/record-key';
import type { Restart } from '../../cdr/restart';
import { settleCalls } from '../../cdr/settle-calls';
import type { GroupSums, StatisticsPlan } from '../../cdr/sum-facts';
import { uniqueIdTime } from '../../cdr/wall-clock';
import type { RowSelection, Selected } from '../../query/answer-store';
import type { RowKind, RowKinds } from '../../query/row-columns';
import type { ChangedCall, Scan, ScanSelection, Store, StoreCounts, SuggestionField } from '../store';
import { CallCache } from './call-cache';
import { DuckDbAnswers, type RowFact } from './duckdb-answers';
import { DuckDbScan } from './duckdb-scan';
import { factTables } from './filter-sql';
import { migrate } from './migrations';
import { RecordTwins } from './record-twins';
import { Readers } from './readers';
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

const day = 86_400_000;
const cachedCalls = 50_000;
/** Calls that are derived again in one transaction. */
const derivedAtOnce = 5_000;
const rowTables: { [K in RowKind]: { fact: RowFact; table: Table<RowKinds[K]> } } = {
  records: { fact: 'record', table: recordTable },
  calls: { fact: 'call', table: callTable },
};
const noParts: CallParts = { records: [], events: [] };

/**
 * A store in one DuckDB file. Writes go through one connection, one batch a transaction; reads through another, so that
 * a panel sees whole batches and never waits for one.
 */
export class DuckDbStore implements Store {
  private readonly answers: DuckDbAnswers;
  private readonly cache = new CallCache(cachedCalls);
  private readonly scans = new Set<{ close: () => Promise<void> }>();
  private writing: Promise<unknown> = Promise.resolve();

  private constructor(
    private readonly instance: DuckDBInstance,
    private readonly writer: DuckDBConnection,
    private readonly reader: Readers,
    private readonly twins: RecordTwins,
    private readonly derivation: Derivation
  ) {
    this.answers = new DuckDbAnswers(reader);
  }

  /** @throws Error when the file can't be opened, is locked by another process or is of a newer version */
  static async open(path: string, derivation: Derivation): Promise<DuckDbStore> {
    const instance = await DuckDBInstance.create(path, { memory_limit: '512MB', threads: '2' });
    const writer = await instance.connect();
    try {
      await migrate(writer);
      await writer.run('CREATE TEMP TABLE touched (server VARCHAR, linked_id VARCHAR)');
      return new DuckDbStore(
        instance,
        writer,
        await Readers.open(instance),
        await RecordTwins.open(writer),
        derivation
      );
    } catch (error) {
      // A file that stays open would be open twice when it is tried again.
      writer.closeSync();
      instance.closeSync();
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
      this.remember(changes);
      this.twins.note(parts.records);
      return changes.map(({ assembled, fresh }) => ({ assembled, freshRecords: fresh.records }));
    });
  }

  addStretches(stretches: readonly AgentStretch[]): Promise<void> {
    return this.exclusively(() => this.append(stretchTable, stretches));
  }

  addGap(gap: Gap): Promise<void> {
    return this.exclusively(() => this.append(gapTable, [gap]));
  }

  gaps(from: number, to: number): Promise<Gap[]> {
    return this.answers.gaps(from, to);
  }

  addRestart(restart: Restart): Promise<void> {
    return this.exclusively(() => this.append(restartTable, [restart]));
  }

  restarts(from: number, to: number): Promise<Restart[]> {
    return this.answers.restarts(from, to);
  }

  rememberHeard(heard: ReadonlyMap<string, number>): Promise<void> {
    return this.exclusively(() =>
      this.inTransaction(async () => {
        await this.writer.run(`DELETE FROM ${heardTable.name}`);
        await this.append(
          heardTable,
          [...heard].map(([server, at]) => ({ server, at }))
        );
      })
    );
  }

  lastHeard(): Promise<Map<string, number>> {
    return this.answers.lastHeard();
  }

  selectRecords(selection: RowSelection): Promise<Selected<CdrRecord>> {
    return this.answers.selectRecords(selection);
  }

  selectCalls(selection: RowSelection): Promise<Selected<Call>> {
    return this.answers.selectCalls(selection);
  }

  sum(plan: StatisticsPlan, facts: readonly Fact[]): Promise<Selected<GroupSums>> {
    return this.answers.sum(plan, facts);
  }

  suggest(field: SuggestionField | 'customFields', filters: CdrFilters): Promise<string[]> {
    return this.answers.suggest(field, filters);
  }

  recordsOfLastCalls(calls: number): Promise<CdrRecord[]> {
    return this.answers.recordsOfLastCalls(calls);
  }

  async scan<K extends RowKind, R>(
    kind: K,
    selection: ScanSelection,
    look: (scan: Scan<RowKinds[K]>) => Promise<R>
  ): Promise<R> {
    const { fact, table } = rowTables[kind];
    const scan = await DuckDbScan.open(await this.instance.connect(), fact, table, selection);
    this.scans.add(scan);
    try {
      return await look(scan);
    } finally {
      this.scans.delete(scan);
      await scan.close();
    }
  }

  countRows(kind: RowKind, selection: ScanSelection): Promise<number> {
    return this.answers.countRows(rowTables[kind].fact, selection);
  }

  counts(): Promise<StoreCounts> {
    return this.answers.counts();
  }

  countRecords(server: string, from: number, to: number): Promise<number> {
    return this.answers.countRecords(server, from, to);
  }

  importState(key: string): Promise<unknown> {
    return this.answers.importState(key);
  }

  keepImportState(key: string, state: object): Promise<void> {
    return this.exclusively(() =>
      this.inTransaction(async () => {
        await this.writer.run(`DELETE FROM ${importTable.name} WHERE key = $1`, [key]);
        await this.append(importTable, [{ key, state }]);
      })
    );
  }

  async deriveAgain(onProgress: (done: number, total: number) => void): Promise<void> {
    const { key, newClock } = this.derivation;
    const [made] = (await this.reader.runAndReadAll('SELECT key FROM derivation')).getRowObjectsJS();
    const ids = made?.key === key ? [] : await this.exclusively(() => this.storedCalls());
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
      this.cache.clear();
      return removed.rowsChanged;
    });
  }

  async close(): Promise<void> {
    await Promise.all([...this.scans].map((scan) => scan.close()));
    await this.exclusively(async () => {
      this.reader.closeSync();
      this.writer.closeSync();
      this.instance.closeSync();
    });
  }

  /** One batch at a time, in order. */
  private exclusively<T>(task: () => Promise<T>): Promise<T> {
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

  private async storedCalls(): Promise<CallId[]> {
    const found = await this.writer.runAndReadAll(
      'SELECT server, linked_id FROM record UNION SELECT server, linked_id FROM queue_event ORDER BY linked_id, server'
    );
    return found.getRowObjectsJS().map((row) => ({ server: String(row.server), linkedId: String(row.linked_id) }));
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
    this.remember(changes);
  }

  private remember(changes: readonly Change[]): void {
    for (const { id, parts } of changes) {
      this.cache.set(callKey(id), parts);
    }
  }

  /** What is known of calls, by key, from the cache or else from the file. */
  private async load(ids: readonly CallId[]): Promise<Map<string, CallParts>> {
    const missing = ids.filter((id) => this.cache.get(callKey(id)) === undefined);
    const stored = missing.length > 0 ? await this.readStored(missing) : new Map<string, CallParts>();
    return new Map(ids.map(callKey).map((key) => [key, this.cache.get(key) ?? stored.get(key) ?? noParts]));
  }

  /** Reads calls from the file. Their rows are younger than the linked id's epoch, but for clock errors. */
  private async readStored(ids: readonly CallId[]): Promise<Map<string, CallParts>> {
    await this.stage(ids);
    const since = BigInt(oldest(ids));
    const read = async <T extends object>(table: Table<T>, time: string): Promise<T[]> => {
      const reader = await this.writer.runAndReadAll(
        `SELECT ${table.columnsOf('t')} FROM ${table.name} t SEMI JOIN touched USING (server, linked_id) ` +
          `WHERE t."${time}" >= $1::BIGINT OR t."${time}" IS NULL`,
        [since]
      );
      return reader.getRowObjectsJS().map((row) => table.read(row));
    };
    return groupByCall({ records: await read(recordTable, 'start_time'), events: await read(eventTable, 'at') });
  }

  private async write(changes: readonly Change[]): Promise<void> {
    await this.deleteOf(
      changes.filter((change) => !change.isNew),
      assembledTables
    );
    await this.deleteOf(
      changes.filter((change) => change.rewritten),
      [recordTable]
    );
    await this.append(
      recordTable,
      changes.flatMap(({ rewritten, parts, fresh }) => (rewritten ? parts.records : fresh.records))
    );
    await this.append(
      eventTable,
      changes.flatMap(({ fresh }) => fresh.events)
    );
    await this.append(
      callTable,
      changes.flatMap(({ assembled }) => assembled.call ?? [])
    );
    await this.append(
      visitTable,
      changes.flatMap(({ assembled }) => assembled.visits)
    );
    await this.append(
      legTable,
      changes.flatMap(({ assembled }) => assembled.legs)
    );
  }

  private async deleteOf(changes: readonly Change[], tables: ReadonlyArray<{ name: string }>): Promise<void> {
    if (changes.length === 0) {
      return;
    }
    await this.stage(changes.map(({ id }) => id));
    for (const { name } of tables) {
      await this.writer.run(
        `DELETE FROM ${name} WHERE (server, linked_id) IN (SELECT (server, linked_id) FROM touched)`
      );
    }
  }

  private async append<T extends object>(table: Table<T>, rows: readonly T[]): Promise<void> {
    if (rows.length === 0) {
      return;
    }
    const appender = await this.writer.createAppender(table.name);
    try {
      for (const row of rows) {
        table.append(appender, row);
      }
    } finally {
      appender.closeSync();
    }
  }

  private async stage(ids: readonly CallId[]): Promise<void> {
    await this.writer.run('DELETE FROM touched');
    const appender = await this.writer.createAppender('touched', 'main', 'temp');
    for (const { server, linkedId } of ids) {
      appender.appendVarchar(server);
      appender.appendVarchar(linkedId);
      appender.endRow();
    }
    appender.closeSync();
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

interface CallId {
  server: string;
  linkedId: string;
}

interface Change {
  id: CallId;
  parts: CallParts;
  fresh: CallParts;
  /** True when nothing of the call was stored before. */
  isNew: boolean;
  /** True when stored records of the call went or changed, so that all of them are written anew. */
  rewritten: boolean;
  assembled: AssembledCall;
}

function without(known: CallParts, removed: readonly CdrRecord[]): CallParts {
  const keys = new Set(removed.map(recordKey));
  return removed.length === 0
    ? known
    : { records: known.records.filter((record) => !keys.has(recordKey(record))), events: known.events };
}

function groupByCall(parts: CallParts): Map<string, CallParts> {
  const byCall = new Map<string, { records: CdrRecord[]; events: QueueEvent[] }>();
  const of = (part: CallId) => {
    const key = callKey(part);
    const found = byCall.get(key) ?? { records: [], events: [] };
    byCall.set(key, found);
    return found;
  };
  parts.records.forEach((record) => of(record).records.push(record));
  parts.events.forEach((event) => of(event).events.push(event));
  return byCall;
}

function idOf({ records, events }: CallParts): CallId {
  const { server, linkedId } = records[0] ?? events[0]!;
  return { server, linkedId };
}

function oldest(ids: readonly CallId[]): number {
  const times = ids.map(({ linkedId }) => uniqueIdTime(linkedId) ?? 0);
  return Math.max(0, times.reduce((least, time) => Math.min(least, time)) - 2 * day);
}
