import { callKey, type CallParts } from '../../cdr/call-parts';
import type { QueueEvent } from '../../cdr/queue-event';
import type { CdrRecord } from '../../cdr/record';
import { uniqueIdTime } from '../../cdr/wall-clock';
import type { CallId } from '../recent-calls';
import { appendRows } from './append-rows';
import { Binds } from './binds';
import type { Connection } from './file-connection';
import { factTables } from './filter-sql';
import { Table } from './table';
import { eventTable, recordTable } from './tables';

const day = 86_400_000;
/** Calls that a statement is about. */
const touched = new Table<CallId>('touched', { server: 'text', linkedId: 'text' });
/** Start of a call by its linked id, as `uniqueIdTime` reads it. */
const linkedIdTime = "try_cast(regexp_extract(f.linked_id, '(?:^|-)(\\d{9,10})\\.\\d+$', 1) AS BIGINT) * 1000";

/** Reads whole calls from the file, through the connection that writes, so that it sees what it wrote. */
export class StoredCalls {
  private constructor(private readonly connection: Connection) {}

  static async open(connection: Connection): Promise<StoredCalls> {
    await connection.run('CREATE TEMP TABLE touched (server VARCHAR, linked_id VARCHAR)');
    return new StoredCalls(connection);
  }

  /** What is stored of calls, by key. Their rows are younger than the linked id's epoch, but for clock errors. */
  async read(ids: readonly CallId[]): Promise<Map<string, CallParts>> {
    await this.stage(ids);
    const since = BigInt(oldest(ids));
    const read = async <T extends object>(table: Table<T>, time: string): Promise<T[]> => {
      const reader = await this.connection.runAndReadAll(
        `SELECT ${table.columnsOf('t')} FROM ${table.name} t SEMI JOIN touched USING (server, linked_id) ` +
          `WHERE t."${time}" >= $1::BIGINT OR t."${time}" IS NULL`,
        [since]
      );
      return reader.getRowObjectsJS().map((row) => table.read(row));
    };
    return groupByCall({ records: await read(recordTable, 'start_time'), events: await read(eventTable, 'at') });
  }

  /** Deletes all rows of calls from tables. */
  async deleteFrom(tables: ReadonlyArray<{ name: string }>, ids: readonly CallId[]): Promise<void> {
    if (ids.length === 0) {
      return;
    }
    await this.stage(ids);
    for (const { name } of tables) {
      await this.connection.run(
        `DELETE FROM ${name} WHERE (server, linked_id) IN (SELECT (server, linked_id) FROM touched)`
      );
    }
  }

  async all(): Promise<CallId[]> {
    return this.ids(
      'SELECT server, linked_id FROM record UNION SELECT server, linked_id FROM queue_event ORDER BY linked_id, server',
      new Binds()
    );
  }

  /**
   * At least the `count` calls that began last, or all where there are fewer: every call with a fact, an event or a linked
   * id of `since` or later. Epoch milliseconds.
   */
  async newest(count: number): Promise<{ ids: CallId[]; since: number }> {
    const found = await this.connection.runAndReadAll(
      'SELECT start_time FROM call ORDER BY start_time DESC NULLS LAST LIMIT 1 OFFSET $1::BIGINT',
      [BigInt(count)]
    );
    const [last] = found.getRowObjectsJS();
    const since = last && last.start_time !== null ? Number(last.start_time) + 1 : -Infinity;
    if (since === -Infinity) {
      return { ids: await this.all(), since };
    }
    const binds = new Binds();
    const time = binds.integer(since);
    // A clock may be read hours wrong; what is further back than that has no linked id of the newest calls.
    const far = binds.integer(since - 2 * day);
    const tables = [
      ...(['call', 'visit', 'leg', 'record'] as const).map((fact) => factTables[fact]),
      { table: eventTable.name, time: '"at"' },
    ];
    const selects = tables.map(
      ({ table, time: column }) =>
        `SELECT f.server, f.linked_id FROM ${table} f WHERE f.${column} >= ${far} ` +
        `AND (f.${column} >= ${time} OR ${linkedIdTime} >= ${time})`
    );
    return { ids: await this.ids(selects.join(' UNION '), binds), since };
  }

  private async ids(sql: string, binds: Binds): Promise<CallId[]> {
    const found = await this.connection.runAndReadAll(sql, binds.values);
    return found.getRowObjectsJS().map((row) => ({ server: String(row.server), linkedId: String(row.linked_id) }));
  }

  private async stage(ids: readonly CallId[]): Promise<void> {
    await this.connection.run('DELETE FROM touched');
    await appendRows(this.connection, touched, ids);
  }
}

/** Parts by the key of their call. */
export function groupByCall(parts: CallParts): Map<string, CallParts> {
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

function oldest(ids: readonly CallId[]): number {
  const times = ids.map(({ linkedId }) => uniqueIdTime(linkedId) ?? 0);
  return Math.max(0, times.reduce((least, time) => Math.min(least, time)) - 2 * day);
}
