import type { CallId, CallParts } from '../../cdr/call-parts';
import type { CdrRecord } from '../../cdr/record';
import { uniqueIdTime } from '../../cdr/wall-clock';
import type { CallChange, CallTables, ChannelId } from '../engine';
import { groupByCall } from '../parts';
import { Binds } from '../sql/binds';
import { beginningOf, earliestOf } from '../sql/earliest';
import { factTables, type FactTable } from '../sql/filter-sql';
import { Table } from '../sql/table';
import { callTable, eventTable, legTable, recordTable, transferTable, visitTable } from '../sql/tables';
import { appendRows } from './append-rows';
import { duckdbDialect } from './duckdb-dialect';
import type { Connection } from './file-connection';

const day = 86_400_000;
/** Calls that a statement is about. */
const touched = new Table<CallId>('touched', { server: 'text', linkedId: 'text' });
/** Channels of which records are sought. */
const sought = new Table<Pick<CdrRecord, 'server' | 'channel'>>('sought', { server: 'text', channel: 'text' });
/** Channels of which the calls are sought. */
const soughtIds = new Table<ChannelId>('sought_id', { server: 'text', uniqueId: 'text' });
/** Epoch of an id in milliseconds, as `uniqueIdTime` reads it. */
const epochOf = (id: 'linked_id' | 'unique_id'): string =>
  `try_cast(regexp_extract(f.${id}, '(?:^|-)(\\d{9,10})\\.\\d+$', 1) AS BIGINT) * 1000`;
/** What is the nearest that is known of the time of a record or a call, where there is no start. */
const endOf = {
  record: `coalesce(f.end_time, ${epochOf('unique_id')}, ${epochOf('linked_id')})`,
  call: `coalesce(f.end_time, ${epochOf('linked_id')})`,
};
const eventRows: FactTable = { table: eventTable.name, time: '"at"' };
const assembledFacts = ['call', 'visit', 'leg', 'transfer'] as const;
/** What is assembled from records and events, and can be made again from them, with the column of its time. */
const assembledTables = assembledFacts.map((fact) => factTables[fact]);

/** Reads and writes whole calls through the connection that writes, so that it sees what it wrote. */
export class DuckDbCalls implements CallTables {
  private constructor(
    private readonly connection: Connection,
    private readonly servers: Set<string>
  ) {}

  /** @param servers hears of which PBXes something is written */
  static async open(connection: Connection, servers = new Set<string>()): Promise<DuckDbCalls> {
    await connection.run('CREATE TEMP TABLE touched (server VARCHAR, linked_id VARCHAR)');
    await connection.run('CREATE TEMP TABLE sought (server VARCHAR, channel VARCHAR)');
    await connection.run('CREATE TEMP TABLE sought_id (server VARCHAR, unique_id VARCHAR)');
    return new DuckDbCalls(connection, servers);
  }

  async read(ids: readonly CallId[]): Promise<Map<string, CallParts>> {
    if (ids.length === 0) {
      return new Map();
    }
    await this.stage(touched, ids);
    // A PBX whose clock is ahead of ours has events from before it was measured.
    const now = Date.now();
    const since = beginningOf(ids.map(({ linkedId }) => Math.min(uniqueIdTime(linkedId) ?? 0, now)));
    const read = async <T extends object>(table: Table<T>, time: string): Promise<T[]> => {
      const selects = datings(`t."${time}"`).map(
        (dating) =>
          `SELECT ${table.columnsOf('t')} FROM ${table.name} t SEMI JOIN touched USING (server, linked_id) WHERE ${dating}`
      );
      const reader = await this.connection.runAndReadAll(selects.join(' UNION ALL '), [BigInt(since)]);
      return reader.getRowObjectsJS().map((row) => table.read(row));
    };
    return groupByCall({ records: await read(recordTable, 'start_time'), events: await read(eventTable, 'at') });
  }

  async readAlike(records: readonly CdrRecord[], slack: number): Promise<CdrRecord[]> {
    await this.stage(sought, records);
    const times = records.flatMap(({ startTime }) => startTime ?? []);
    const found = await this.connection.runAndReadAll(
      `SELECT ${recordTable.columnsOf('t')} FROM ${recordTable.name} t SEMI JOIN sought USING (server, channel) ` +
        'WHERE t.start_time BETWEEN $1::BIGINT AND $2::BIGINT',
      [BigInt(times.reduce((a, b) => Math.min(a, b)) - slack), BigInt(times.reduce((a, b) => Math.max(a, b)) + slack)]
    );
    return found.getRowObjectsJS().map((row) => recordTable.read(row));
  }

  async linkedIdsOf(channels: readonly ChannelId[], from: number, to: number): ReturnType<CallTables['linkedIdsOf']> {
    await this.stage(soughtIds, channels);
    const idsIn = (table: string, time: string): string =>
      `SELECT DISTINCT server, unique_id, linked_id FROM ${table} SEMI JOIN sought_id USING (server, unique_id) ` +
      `WHERE ${time} BETWEEN $1::BIGINT AND $2::BIGINT`;
    const found = await this.connection.runAndReadAll(
      `${idsIn('record', 'start_time')} UNION ${idsIn('queue_event', '"at"')} AND NOT imported`,
      [BigInt(from), BigInt(to)]
    );
    return found.getRowObjectsJS().map((row) => ({
      server: String(row.server),
      uniqueId: String(row.unique_id),
      linkedId: String(row.linked_id),
    }));
  }

  async serversOfQueueLogs(): Promise<string[]> {
    const found = await this.connection.runAndReadAll('SELECT DISTINCT server FROM queue_event WHERE imported');
    return found.getRowObjectsJS().map((row) => String(row.server));
  }

  async write(changes: readonly CallChange[]): Promise<void> {
    const { connection } = this;
    changes.forEach(({ id }) => this.servers.add(id.server));
    const stored = changes.filter(({ known }) => known.records.length + known.events.length > 0);
    await this.deleteFrom(assembledTables, stored);
    await this.deleteFrom(
      [factTables.record, eventRows],
      stored.filter(({ rewritten }) => rewritten)
    );
    const records = changes.flatMap(({ rewritten, parts, fresh }) => (rewritten ? parts.records : fresh.records));
    await appendRows(connection, recordTable, records);
    const events = changes.flatMap(({ rewritten, parts, fresh }) => (rewritten ? parts.events : fresh.events));
    await appendRows(connection, eventTable, events);
    const assembled = changes.map((change) => change.assembled);
    await appendRows(
      connection,
      callTable,
      assembled.flatMap(({ call }) => call ?? [])
    );
    await appendRows(
      connection,
      visitTable,
      assembled.flatMap(({ visits }) => visits)
    );
    await appendRows(
      connection,
      legTable,
      assembled.flatMap(({ legs }) => legs)
    );
    await appendRows(
      connection,
      transferTable,
      assembled.flatMap(({ transfers }) => transfers)
    );
  }

  after(id: CallId | null, count: number): Promise<CallId[]> {
    const binds = new Binds(duckdbDialect);
    const limit = binds.integer(count);
    const later = id ? `(linked_id, server) > (${binds.text(id.linkedId)}, ${binds.text(id.server)})` : 'true';
    // The first condition alone lets zones be skipped.
    const where = id ? `linked_id >= ${binds.text(id.linkedId)} AND ${later}` : later;
    const firstOf = (table: string): string =>
      `(SELECT DISTINCT server, linked_id FROM ${table} WHERE ${where} ORDER BY linked_id, server LIMIT ${limit})`;
    return this.ids(
      `SELECT * FROM ${firstOf('record')} UNION SELECT * FROM ${firstOf('queue_event')} ` +
        `ORDER BY linked_id, server LIMIT ${limit}`,
      binds
    );
  }

  async newest(count: number): Promise<{ ids: CallId[]; since: number }> {
    const found = await this.connection.runAndReadAll(
      'SELECT start_time FROM call ORDER BY start_time DESC NULLS LAST LIMIT 1 OFFSET $1::BIGINT',
      [BigInt(count)]
    );
    const [last] = found.getRowObjectsJS();
    const since = last && last.start_time !== null ? Number(last.start_time) + 1 : -Infinity;
    if (since === -Infinity) {
      return { ids: await this.after(null, Number.MAX_SAFE_INTEGER), since };
    }
    const binds = new Binds(duckdbDialect);
    const time = binds.integer(since);
    // A clock may be read hours wrong; what is further back than that has no linked id of the newest calls.
    const far = binds.integer(since - 2 * day);
    const tables = [...assembledTables, factTables.record, eventRows];
    const selects = tables.map(
      ({ table, time: column }) =>
        `SELECT f.server, f.linked_id FROM ${table} f WHERE f.${column} >= ${far} ` +
        `AND (f.${column} >= ${time} OR ${epochOf('linked_id')} >= ${time})`
    );
    return { ids: await this.ids(selects.join(' UNION '), binds), since };
  }

  async removeBefore(time: number): Promise<number> {
    const remove = (table: string, column: string, and = 'true') =>
      this.connection.runAndReadAll(`DELETE FROM ${table} f WHERE ${and} AND ${column} < $1::BIGINT`, [BigInt(time)]);
    const { rowsChanged } = await remove('record', 'start_time');
    const ended = await remove('record', endOf.record, 'start_time IS NULL');
    await remove('call', endOf.call, 'start_time IS NULL');
    const undated = await this.removeUndated(time);
    await remove('queue_event', '"at"');
    for (const fact of [...assembledFacts, 'stretch'] as const) {
      await remove(factTables[fact].table, factTables[fact].time);
    }
    await remove('gap', 'end_time');
    await remove('restart', '"time"');
    await remove('queue_difference', 'end_time');
    // Visits since would be missing.
    await remove('queue_reading', '"at"');
    return rowsChanged + ended.rowsChanged + undated;
  }

  /** What tells no time at all is as old as it was first seen here. */
  private async removeUndated(time: number): Promise<number> {
    const isUndated = (table: keyof typeof endOf): string => `f.start_time IS NULL AND ${endOf[table]} IS NULL`;
    const remove = (table: keyof typeof endOf) =>
      this.connection.runAndReadAll(
        `DELETE FROM ${table} f USING undated u WHERE f.server = u.server AND f.linked_id = u.linked_id ` +
          `AND ${isUndated(table)} AND u.seen < $1::BIGINT`,
        [BigInt(time)]
      );
    const { rowsChanged } = await remove('record');
    await remove('call');
    await this.connection.run('DELETE FROM undated WHERE seen < $1::BIGINT', [BigInt(time)]);
    await this.connection.run(
      'INSERT INTO undated SELECT DISTINCT f.server, f.linked_id, $1::BIGINT FROM record f ' +
        `ANTI JOIN undated USING (server, linked_id) WHERE ${isUndated('record')}`,
      [BigInt(Date.now())]
    );
    return rowsChanged;
  }

  /** Deletes all rows of calls from tables. A join finds them by the zones of a table, of which it reads few; IN reads all. */
  private async deleteFrom(tables: readonly FactTable[], changes: readonly CallChange[]): Promise<void> {
    if (changes.length === 0) {
      return;
    }
    await this.stage(
      touched,
      changes.map(({ id }) => id)
    );
    const since = beginningOf(
      changes.map(({ id, known }) => Math.min(uniqueIdTime(id.linkedId) ?? Infinity, earliestOf(known)))
    );
    for (const { table, time } of tables) {
      const remove = `DELETE FROM ${table} t USING touched WHERE t.server = touched.server AND t.linked_id = touched.linked_id`;
      const [dated, undated] = datings(`t.${time}`);
      await this.connection.run(`${remove} AND ${dated}`, [BigInt(since)]);
      await this.connection.run(`${remove} AND ${undated}`);
    }
  }

  private async ids(sql: string, binds: Binds): Promise<CallId[]> {
    const found = await this.connection.runAndReadAll(sql, binds.values);
    return found.getRowObjectsJS().map((row) => ({ server: String(row.server), linkedId: String(row.linked_id) }));
  }

  private async stage<T extends object>(table: Table<T>, rows: readonly T[]): Promise<void> {
    await this.connection.run(`DELETE FROM ${table.name}`);
    await appendRows(this.connection, table, rows);
  }
}

/** Rows since the first bound value, and those without a time: an OR of both would be answered by reading all rows. */
function datings(time: string): [dated: string, undated: string] {
  return [`${time} >= $1::BIGINT`, `${time} IS NULL`];
}
