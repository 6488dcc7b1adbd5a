import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import { assembleCall, type AssembledCall } from '../../cdr/assemble-call';
import type { Call } from '../../cdr/call';
import { addParts, callKey, type CallParts } from '../../cdr/call-parts';
import { deriveRecord, type Derivation } from '../../cdr/derivation';
import { customLabel } from '../../cdr/dimensions';
import { addSums, noSums, type Sums } from '../../cdr/fact-rows';
import type { CdrFilters } from '../../cdr/filters';
import { measures, type Fact, type Measure } from '../../cdr/measures';
import type { PbxClock } from '../../cdr/pbx-clock';
import type { QueueEvent } from '../../cdr/queue-event';
import type { CdrRecord } from '../../cdr/record';
import type { GroupSums, StatisticsPlan } from '../../cdr/sum-facts';
import { uniqueIdTime } from '../../cdr/wall-clock';
import type { ChangedCall, RowSelection, Selected, Store, StoreCounts, SuggestionField } from '../store';
import { Binds } from './binds';
import { CallCache } from './call-cache';
import { customSql, factTables, whereSql } from './filter-sql';
import { migrate } from './migrations';
import { sumSql } from './sum-sql';
import { columnName, type Table } from './table';
import { assembledTables, callTable, eventTable, legTable, recordTable, visitTable } from './tables';

const day = 86_400_000;
const cachedCalls = 50_000;
/** Calls that are derived again in one transaction. */
const derivedAtOnce = 5_000;
const noParts: CallParts = { records: [], events: [] };
const always = { from: 0, to: Number.MAX_SAFE_INTEGER };

/**
 * A store in one DuckDB file. Writes go through one connection, one batch a transaction; reads through another, so that
 * a panel sees whole batches and never waits for one.
 */
export class DuckDbStore implements Store {
  private readonly cache = new CallCache(cachedCalls);
  private writing: Promise<unknown> = Promise.resolve();

  private constructor(
    private readonly instance: DuckDBInstance,
    private readonly writer: DuckDBConnection,
    private readonly reader: DuckDBConnection,
    private readonly derivation: Derivation
  ) {}

  /** @throws Error when the file can't be opened, is locked by another process or is of a newer version */
  static async open(path: string, derivation: Derivation): Promise<DuckDbStore> {
    const instance = await DuckDBInstance.create(path, { memory_limit: '512MB', threads: '2' });
    const writer = await instance.connect();
    await migrate(writer);
    await writer.run('CREATE TEMP TABLE touched (server VARCHAR, linked_id VARCHAR)');
    return new DuckDbStore(instance, writer, await instance.connect(), derivation);
  }

  add(parts: CallParts): Promise<ChangedCall[]> {
    return this.exclusively(async () => {
      const touched = groupByCall(parts);
      await this.load([...touched.values()].map(idOf));
      const changes = [...touched].flatMap(([key, added]) => this.change(key, added) ?? []);
      await this.inTransaction(() => this.write(changes));
      for (const { key, parts: known } of changes) {
        this.cache.set(key, known);
      }
      return changes.map(({ assembled, fresh }) => ({ assembled, freshRecords: fresh.records }));
    });
  }

  async selectRecords(selection: RowSelection): Promise<Selected<CdrRecord>> {
    return this.select('record', recordTable, selection);
  }

  async selectCalls(selection: RowSelection): Promise<Selected<Call>> {
    return this.select('call', callTable, selection);
  }

  async sum(plan: StatisticsPlan, facts: readonly Fact[]): Promise<Selected<GroupSums>> {
    const groups = new Map<string, GroupSums>();
    const statements: string[] = [];
    for (const fact of facts) {
      const binds = new Binds();
      const sql = sumSql(fact, plan, binds);
      statements.push(sql);
      for (const row of await this.rows(sql, binds)) {
        const bucket = plan.buckets ? Number(row.bucket) : null;
        const group = plan.groupBy.map((_, index) => String(row[`g${index}`] ?? ''));
        const key = JSON.stringify([bucket, ...group]);
        const found = groups.get(key) ?? { bucket, group, sums: noSums() };
        groups.set(key, found);
        addSums(found.sums, sumsOf(row, fact));
      }
    }
    return { rows: [...groups.values()], sql: statements.join(';\n') };
  }

  async suggest(field: SuggestionField | 'customFields', filters: CdrFilters): Promise<string[]> {
    const binds = new Binds();
    const label = field === 'customFields' ? null : customLabel(field as never);
    const value =
      field === 'customFields'
        ? 'unnest(json_keys(f.custom))'
        : label !== null
          ? customSql(label, binds)
          : field === 'queue' || field === 'agent'
            ? `unnest(f.${field}s)`
            : `f.${columnName(field)}`;
    const rows = await this.rows(
      `SELECT value FROM (SELECT ${value} AS value FROM call f WHERE ${whereSql('call', always, filters, binds)}) ` +
        "WHERE value <> '' GROUP BY value ORDER BY count(*) DESC, value LIMIT 1000",
      binds
    );
    return rows.map((row) => String(row.value));
  }

  async counts(): Promise<StoreCounts> {
    const [row] = await this.rows(
      'SELECT (SELECT count(*) FROM record) AS records, (SELECT count(*) FROM call) AS calls, ' +
        'least((SELECT min(start_time) FROM call), (SELECT min(join_time) FROM queue_visit)) AS first_time, ' +
        'greatest((SELECT max(start_time) FROM record), (SELECT max(join_time) FROM queue_visit)) AS last_time',
      new Binds()
    );
    const time = (value: unknown): number | null => (value === null ? null : Number(value));
    return {
      records: Number(row!.records),
      calls: Number(row!.calls),
      firstTime: time(row!.first_time),
      lastTime: time(row!.last_time),
    };
  }

  async deriveAgain(onProgress: (done: number, total: number) => void): Promise<void> {
    const { key, newClock } = this.derivation;
    const [made] = await this.rows('SELECT key FROM derivation', new Binds());
    const ids = made?.key === key ? [] : await this.storedCalls();
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
      for (const fact of ['call', 'visit', 'leg'] as const) {
        const { table, time: column } = factTables[fact];
        await this.writer.run(`DELETE FROM ${table} WHERE ${column} < $1::BIGINT`, [BigInt(time)]);
      }
      this.cache.clear();
      return removed.rowsChanged;
    });
  }

  async close(): Promise<void> {
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

  private change(key: string, added: CallParts): Change | null {
    const known = this.cache.get(key) ?? noParts;
    const { parts, fresh } = addParts(known, added);
    if (fresh.records.length === 0 && fresh.events.length === 0) {
      return null;
    }
    const isNew = known.records.length === 0 && known.events.length === 0;
    return { key, parts, fresh, isNew, assembled: assembleCall(parts, this.derivation.rules) };
  }

  private async storedCalls(): Promise<CallId[]> {
    const rows = await this.rows(
      'SELECT server, linked_id FROM record UNION SELECT server, linked_id FROM queue_event ORDER BY linked_id, server',
      new Binds()
    );
    return rows.map((row) => ({ server: String(row.server), linkedId: String(row.linked_id) }));
  }

  private async derive(ids: readonly CallId[], clocks: ReadonlyMap<string, PbxClock>): Promise<void> {
    const { rules } = this.derivation;
    await this.load(ids);
    const changes = ids.map((id): Change => {
      const known = this.cache.get(callKey(id)) ?? noParts;
      const records = known.records.map((record) => deriveRecord(record, rules, clocks.get(id.server)!));
      const parts = { records, events: known.events };
      return {
        key: callKey(id),
        parts,
        fresh: { records, events: [] },
        isNew: false,
        assembled: assembleCall(parts, rules),
      };
    });
    await this.inTransaction(async () => {
      await this.stage(ids);
      await this.deleteTouched(recordTable);
      await this.write(changes);
    });
    for (const { key, parts } of changes) {
      this.cache.set(key, parts);
    }
  }

  /** Reads the calls that are not in the cache. A call's rows are younger than its linked id's epoch, but for clock errors. */
  private async load(ids: readonly CallId[]): Promise<void> {
    const missing = ids.filter((id) => this.cache.get(callKey(id)) === undefined);
    if (missing.length === 0) {
      return;
    }
    await this.stage(missing);
    const since = BigInt(oldest(missing));
    const loaded = new Map<string, { records: CdrRecord[]; events: QueueEvent[] }>();
    const partsOf = (part: { server: string; linkedId: string }) => {
      const parts = loaded.get(callKey(part)) ?? { records: [], events: [] };
      loaded.set(callKey(part), parts);
      return parts;
    };
    const stored = async <T extends object>(table: Table<T>, time: string): Promise<T[]> => {
      const reader = await this.writer.runAndReadAll(
        `SELECT ${table.columnsOf('t')} FROM ${table.name} t SEMI JOIN touched USING (server, linked_id) ` +
          `WHERE t."${time}" >= $1::BIGINT OR t."${time}" IS NULL`,
        [since]
      );
      return reader.getRowObjectsJS().map((row) => table.read(row));
    };
    for (const record of await stored(recordTable, 'start_time')) {
      partsOf(record).records.push(record);
    }
    for (const event of await stored(eventTable, 'at')) {
      partsOf(event).events.push(event);
    }
    for (const id of missing) {
      this.cache.set(callKey(id), loaded.get(callKey(id)) ?? noParts);
    }
  }

  private async write(changes: readonly Change[]): Promise<void> {
    const again = changes.filter((change) => !change.isNew).map(({ parts }) => idOf(parts));
    if (again.length > 0) {
      await this.stage(again);
      for (const table of assembledTables) {
        await this.deleteTouched(table);
      }
    }
    await this.append(
      recordTable,
      changes.flatMap(({ fresh }) => fresh.records)
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

  private async deleteTouched(table: { name: string }): Promise<void> {
    await this.writer.run(
      `DELETE FROM ${table.name} WHERE (server, linked_id) IN (SELECT (server, linked_id) FROM touched)`
    );
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

  private async select<T extends object>(
    fact: 'call' | 'record',
    table: Table<T>,
    selection: RowSelection
  ): Promise<Selected<T>> {
    const binds = new Binds();
    const column = columnName(selection.sortBy);
    const order = selection.sortOrder === 'asc' ? 'ASC' : 'DESC';
    const sql =
      `SELECT ${table.columnsOf('f')} FROM ${table.name} f WHERE ${whereSql(fact, selection, selection.filters, binds)} ` +
      `ORDER BY f.${column} ${order} NULLS LAST, f.linked_id ${order}, f.server ` +
      `LIMIT ${binds.integer(selection.limit)} OFFSET ${binds.integer(selection.offset)}`;
    return { rows: (await this.rows(sql, binds)).map((row) => table.read(row)), sql };
  }

  private async rows(sql: string, binds: Binds): Promise<Array<Record<string, unknown>>> {
    return (await this.reader.runAndReadAll(sql, binds.values)).getRowObjectsJS();
  }
}

interface CallId {
  server: string;
  linkedId: string;
}

interface Change {
  key: string;
  parts: CallParts;
  fresh: CallParts;
  /** True when nothing of the call was stored before. */
  isNew: boolean;
  assembled: AssembledCall;
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

function sumsOf(row: Readonly<Record<string, unknown>>, fact: Fact): Partial<Sums> {
  const own = (Object.keys(measures) as Measure[]).filter((measure) => measures[measure] === fact);
  return Object.fromEntries(own.map((measure) => [measure, Number(row[columnName(measure)])]));
}
