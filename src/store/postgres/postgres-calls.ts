import { callKey, type CallId, type CallParts } from '../../cdr/call-parts';
import type { CdrRecord } from '../../cdr/record';
import { othersTurn } from '../../cdr/in-turns';
import { uniqueIdTime } from '../../cdr/wall-clock';
import type { CallChange, CallTables, ChannelId } from '../engine';
import { groupByCall } from '../parts';
import { beginningOf, earliestOf } from '../sql/earliest';
import { factTables, type FactTable } from '../sql/filter-sql';
import type { Table } from '../sql/table';
import { eventTable, recordTable } from '../sql/tables';
import { addedRows, eventRows } from './added-rows';
import { removeCallSums } from './call-sums';
import type { Months } from './months';
import type { Session } from './session';

const day = 86_400_000;
/** Epoch of an id in milliseconds, as `uniqueIdTime` reads it. */
const epochOf = (id: 'linked_id' | 'unique_id'): string =>
  `CAST(substring(f.${id} FROM '(?:^|-)(\\d{9,10})\\.\\d+$') AS BIGINT) * 1000`;
/** What is the nearest that is known of the time of a record or a call, where there is no start. */
const endOf = {
  record: `coalesce(f.end_time, ${epochOf('unique_id')}, ${epochOf('linked_id')})`,
  call: `coalesce(f.end_time, ${epochOf('linked_id')})`,
};
/** What is assembled from records and events, and can be made again from them. */
const assembledTables = (['call', 'visit', 'leg', 'transfer'] as const).map((fact) => factTables[fact]);
const callTables = [factTables.record, eventRows, ...assembledTables];

/** Reads and writes whole calls within one transaction. Statements name linked ids, by which Citus knows where calls are. */
export class PostgresCalls implements CallTables {
  /** What was written last, which the server may still be at. */
  private writing: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly session: Session,
    private readonly months: Months,
    /** Hears of what is written. */
    private readonly onWritten: (changes: readonly CallChange[]) => void,
    private readonly onRemoved: (before: number) => void
  ) {}

  async read(ids: readonly CallId[]): Promise<Map<string, CallParts>> {
    if (ids.length === 0) {
      return new Map();
    }
    const wanted = new Set(ids.map(callKey));
    // A PBX whose clock is ahead of ours has events from before it was measured.
    const now = Date.now();
    const since = beginningOf(ids.map(({ linkedId }) => Math.min(uniqueIdTime(linkedId) ?? 0, now)));
    const read = async <T extends CallId>(table: Table<T>, time: string): Promise<T[]> => {
      const { rows } = await this.session.run(
        `SELECT ${table.columnsOf('t')} FROM ${table.name} t WHERE t.linked_id = ANY($1::text[]) AND ${dating(`t.${time}`, '$2')}`,
        [ids.map(({ linkedId }) => linkedId), since]
      );
      return rows.map((row) => table.read(row)).filter((part) => wanted.has(callKey(part)));
    };
    return groupByCall({ records: await read(recordTable, 'start_time'), events: await read(eventTable, '"at"') });
  }

  async readAlike(records: readonly CdrRecord[], slack: number): Promise<CdrRecord[]> {
    const channels = new Set(records.map(({ server, channel }) => `${server}|${channel}`));
    const times = records.flatMap(({ startTime }) => startTime ?? []);
    const { rows } = await this.session.run(
      `SELECT ${recordTable.columnsOf('t')} FROM ${recordTable.name} t ` +
        'WHERE t.channel = ANY($1::text[]) AND t.start_time BETWEEN $2::bigint AND $3::bigint',
      [
        records.map(({ channel }) => channel),
        times.reduce((a, b) => Math.min(a, b)) - slack,
        times.reduce((a, b) => Math.max(a, b)) + slack,
      ]
    );
    return rows
      .map((row) => recordTable.read(row))
      .filter(({ server, channel }) => channels.has(`${server}|${channel}`));
  }

  async linkedIdsOf(channels: readonly ChannelId[], from: number, to: number): ReturnType<CallTables['linkedIdsOf']> {
    const wanted = new Set(channels.map(({ server, uniqueId }) => `${server}|${uniqueId}`));
    const idsIn = (table: string, time: string): string =>
      `SELECT server, unique_id, linked_id FROM ${table} t ` +
      `WHERE t.unique_id = ANY($1::text[]) AND t.${time} BETWEEN $2::bigint AND $3::bigint`;
    const { rows } = await this.session.run(
      unionOf([idsIn('record', 'start_time'), `${idsIn('queue_event', '"at"')} AND NOT t.imported`]),
      [channels.map(({ uniqueId }) => uniqueId), from, to]
    );
    return rows
      .map((row) => ({
        server: String(row.server),
        uniqueId: String(row.unique_id),
        linkedId: String(row.linked_id),
      }))
      .filter(({ server, uniqueId }) => wanted.has(`${server}|${uniqueId}`));
  }

  async serversOfQueueLogs(servers: readonly string[]): Promise<string[]> {
    // One row of each is enough, and a cluster looks for it on all nodes.
    const oneOf = servers.map(
      (_, index) => `(SELECT server FROM queue_event WHERE imported AND server = $${index + 1} LIMIT 1)`
    );
    const { rows } = await this.session.run(oneOf.join(' UNION ALL '), servers);
    return rows.map((row) => String(row.server));
  }

  /**
   * Statement follows statement, so that the server is at some while the rows of the next are made ready. Resolves when what
   * was written before is; `written` when this is, too.
   */
  async write(changes: readonly CallChange[]): Promise<void> {
    const added = addedRows(changes);
    try {
      for (const { fact, times } of added) {
        await this.months.makeFor(fact, times, this.session);
      }
    } catch (error) {
      // What failed before is the reason.
      await this.writing;
      throw error;
    }
    const stored = changes.filter(({ known }) => known.records.length + known.events.length > 0);
    const answers: Array<Promise<unknown>> = [];
    const put = (statement: Promise<unknown>): void => {
      answers.push(statement);
      // It is waited for below.
      statement.catch(() => undefined);
    };
    const rewritten = stored.filter((change) => change.rewritten);
    this.removals(assembledTables, stored).forEach(put);
    this.removals([factTables.record, eventRows], rewritten).forEach(put);
    for (const { insert } of added) {
      put(insert(this.session));
      await othersTurn();
    }
    const before = this.writing;
    this.writing = Promise.all([before, ...answers]);
    this.writing.catch(() => undefined);
    await before;
    this.onWritten(changes);
  }

  /**
   * Resolves when all is written.
   * @throws what a statement did
   */
  async written(): Promise<void> {
    await this.writing;
  }

  async after(id: CallId | null, count: number): Promise<CallId[]> {
    const later = id ? '(linked_id, server) > ($2::text, $3::text)' : 'true';
    const firstOf = (table: string): string =>
      `(SELECT DISTINCT server, linked_id FROM ${table} WHERE ${later} ORDER BY linked_id, server LIMIT $1::bigint)`;
    return this.ids(
      `SELECT * FROM ${firstOf('record')} r UNION SELECT * FROM ${firstOf('queue_event')} e ` +
        'ORDER BY linked_id, server LIMIT $1::bigint',
      [count, ...(id ? [id.linkedId, id.server] : [])]
    );
  }

  async newest(count: number): Promise<{ ids: CallId[]; since: number }> {
    const { rows } = await this.session.run(
      'SELECT start_time FROM call WHERE start_time IS NOT NULL ORDER BY start_time DESC LIMIT 1 OFFSET $1::bigint',
      [count]
    );
    const [last] = rows;
    if (!last) {
      return { ids: await this.after(null, Number.MAX_SAFE_INTEGER), since: -Infinity };
    }
    const since = Number(last.start_time) + 1;
    const selects = callTables.map(
      // A clock may be read hours wrong; what is further back than that has no linked id of the newest calls.
      ({ table, time }) =>
        `SELECT f.server, f.linked_id FROM ${table} f WHERE f.${time} >= $1::bigint - ${2 * day} ` +
        `AND (f.${time} >= $1::bigint OR ${epochOf('linked_id')} >= $1::bigint)`
    );
    return { ids: await this.ids(unionOf(selects), [since]), since };
  }

  async removeBefore(time: number): Promise<number> {
    const remove = async (table: string, column: string, and = 'true'): Promise<number> =>
      (await this.session.run(`DELETE FROM ${table} f WHERE ${and} AND ${column} < $1::bigint`, [time])).changed;
    let records = 0;
    for (const { table, time: column } of callTables) {
      const gone = (await this.months.dropBefore(table, time, this.session)) + (await remove(table, `f.${column}`));
      records += table === recordTable.name ? gone : 0;
    }
    records += await remove('record', endOf.record, 'f.start_time IS NULL');
    await remove('call', endOf.call, 'f.start_time IS NULL');
    records += await this.removeUndated(time);
    await removeCallSums(this.session, time);
    await remove('agent_stretch', 'f.start_time');
    await remove('gap', 'f.end_time');
    await remove('restart', 'f."time"');
    await remove('queue_difference', 'f.end_time');
    // Visits since would be missing.
    await remove('queue_reading', 'f."at"');
    if (records > 0) {
      this.onRemoved(time);
    }
    return records;
  }

  /** What tells no time at all is as old as it was first seen here. */
  private async removeUndated(time: number): Promise<number> {
    const isUndated = (table: keyof typeof endOf): string => `f.start_time IS NULL AND ${endOf[table]} IS NULL`;
    const remove = async (table: keyof typeof endOf): Promise<number> => {
      const { changed } = await this.session.run(
        `DELETE FROM ${table} f USING undated u WHERE f.server = u.server AND f.linked_id = u.linked_id ` +
          `AND ${isUndated(table)} AND u.seen < $1::bigint`,
        [time]
      );
      return changed;
    };
    const records = await remove('record');
    await remove('call');
    await this.session.run('DELETE FROM undated WHERE seen < $1::bigint', [time]);
    await this.session.run(
      'INSERT INTO undated SELECT DISTINCT f.server, f.linked_id, $1::bigint FROM record f ' +
        `WHERE ${isUndated('record')} ON CONFLICT DO NOTHING`,
      [Date.now()]
    );
    return records;
  }

  /** Removes all rows of calls from tables. */
  private removals(tables: readonly FactTable[], changes: readonly CallChange[]): Array<Promise<unknown>> {
    if (changes.length === 0) {
      return [];
    }
    const since = beginningOf(
      changes.map(({ id, known }) => Math.min(uniqueIdTime(id.linkedId) ?? Infinity, earliestOf(known)))
    );
    const values = [changes.map(({ id }) => id.linkedId), changes.map(({ id }) => callKey(id)), since];
    return tables.map(({ table, time }) =>
      this.session.run(
        `DELETE FROM ${table} t WHERE t.linked_id = ANY($1::text[]) AND t.server || '|' || t.linked_id = ANY($2::text[]) ` +
          `AND ${dating(`t.${time}`, '$3')}`,
        values
      )
    );
  }

  private async ids(sql: string, values: readonly unknown[]): Promise<CallId[]> {
    const { rows } = await this.session.run(sql, values);
    return rows.map((row) => ({ server: String(row.server), linkedId: String(row.linked_id) }));
  }
}

/** Rows since a bound, and those without a time: parts of a table that are before it are not looked at. */
function dating(time: string, since: string): string {
  return `(${time} >= ${since}::bigint OR ${time} IS NULL)`;
}

/** Within a statement around it, each node of a cluster makes the union of its own rows. */
function unionOf(selects: readonly string[]): string {
  return `SELECT * FROM (${selects.join(' UNION ')}) u`;
}
