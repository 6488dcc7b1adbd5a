import { callKey, type CallId } from '../../cdr/call-parts';
import type { StoredCall } from '../../cdr/stored-call';
import { uniqueIdTime } from '../../cdr/wall-clock';
import type { CallsSought } from '../../answers/answer-store';
import type { Binds } from './binds';
import { beginningOf } from './earliest';
import type { Table } from './table';
import { callTable, eventTable, legTable, recordTable, transferTable, visitTable } from './tables';

/** All that is stored of a call: each table with the column of its time. */
const parts = {
  records: [recordTable, 'start_time'],
  events: [eventTable, '"at"'],
  calls: [callTable, 'start_time'],
  visits: [visitTable, 'join_time'],
  legs: [legTable, 'start_time'],
  transfers: [transferTable, 'transfer_time'],
} as const satisfies Record<string, readonly [Pick<Table<object>, 'name' | 'columnsOf'>, string]>;

export type StoredPart = keyof typeof parts;
export const storedParts = Object.keys(parts) as StoredPart[];

/** Statement that gives the rows of calls in one table, the first of each question in order of time. */
export function storedPartSql(part: StoredPart, { linkedIds, servers, mostParts }: CallsSought, binds: Binds): string {
  const [table, time] = parts[part];
  const since = beginningOf(linkedIds.map((linkedId) => Math.min(uniqueIdTime(linkedId) ?? 0, Date.now())));
  const oneOf = (column: string, values: readonly string[]): string =>
    `f.${column} IN (${values.map((value) => binds.text(value)).join(', ')})`;
  const conditions = [
    oneOf('linked_id', linkedIds),
    ...(servers ? [oneOf('server', servers)] : []),
    `(f.${time} >= ${binds.integer(since)} OR f.${time} IS NULL)`,
  ];
  return (
    `SELECT ${table.columnsOf('f')} FROM ${table.name} f WHERE ${conditions.join(' AND ')} ` +
    `ORDER BY f.${time} LIMIT ${binds.integer(mostParts)}`
  );
}

type Row = Readonly<Record<string, unknown>>;

/** The calls of rows, put together. */
export function storedCallsOf(rows: Record<StoredPart, readonly Row[]>): StoredCall[] {
  const ids = new Map<string, CallId>();
  const byCall = <T extends CallId>(table: Table<T>, part: StoredPart): ((key: string) => T[]) => {
    const found = rows[part].map((row) => table.read(row));
    found.forEach((one) => ids.set(callKey(one), { server: one.server, linkedId: one.linkedId }));
    const groups = Map.groupBy(found, callKey);
    return (key) => groups.get(key) ?? [];
  };
  const [records, events] = [byCall(recordTable, 'records'), byCall(eventTable, 'events')];
  const [calls, visits] = [byCall(callTable, 'calls'), byCall(visitTable, 'visits')];
  const [legs, transfers] = [byCall(legTable, 'legs'), byCall(transferTable, 'transfers')];
  return [...ids].map(([key, id]) => ({
    id,
    assembled: { call: calls(key)[0] ?? null, visits: visits(key), legs: legs(key), transfers: transfers(key) },
    parts: { records: records(key), events: events(key) },
  }));
}
