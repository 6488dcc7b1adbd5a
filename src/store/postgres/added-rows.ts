import { hash } from 'node:crypto';
import { queueEventKey } from '../../cdr/call-parts';
import { recordKey } from '../../cdr/record-key';
import type { CallChange } from '../engine';
import { factTables, type FactTable } from '../sql/filter-sql';
import type { Table } from '../sql/table';
import { callTable, eventTable, legTable, recordTable, transferTable, visitTable } from '../sql/tables';
import { insertRows } from './insert-rows';
import type { Session } from './session';

export const eventRows: FactTable = { table: eventTable.name, time: '"at"' };

/** Rows that changes add to one table. */
export interface AddedRows {
  fact: FactTable;
  /** Of each row, by which it belongs to a month. Epoch milliseconds. */
  times: Array<number | null>;
  insert: (session: Session) => Promise<void>;
}

/** What changes of calls add, the tables first that take the server longest. */
export function addedRows(changes: readonly CallChange[]): AddedRows[] {
  const events = changes.flatMap(({ rewritten, parts, fresh }) => (rewritten ? parts.events : fresh.events));
  const records = changes.flatMap(({ rewritten, parts, fresh }) => (rewritten ? parts.records : fresh.records));
  const assembled = changes.map((change) => change.assembled);
  return [
    rowsOf(eventTable, eventRows, events, 'at', (event) => hashOf(queueEventKey(event))),
    rowsOf(recordTable, factTables.record, records, 'startTime', (record) => hashOf(recordKey(record))),
    rowsOf(
      callTable,
      factTables.call,
      assembled.flatMap(({ call }) => call ?? []),
      'startTime',
      () => 0n
    ),
    factsOf(
      visitTable,
      factTables.visit,
      assembled.map((one) => one.visits),
      'joinTime'
    ),
    factsOf(
      legTable,
      factTables.leg,
      assembled.map((one) => one.legs),
      'startTime'
    ),
    factsOf(
      transferTable,
      factTables.transfer,
      assembled.map((one) => one.transfers),
      'transferTime'
    ),
  ].filter(({ times }) => times.length > 0);
}

function rowsOf<T extends object>(
  table: Table<T>,
  fact: FactTable,
  rows: readonly T[],
  time: keyof T,
  keyOf: (row: T) => bigint
): AddedRows {
  return {
    fact,
    times: rows.map((row) => row[time] as number | null),
    // Another writer may have stored the same.
    insert: (session) => insertRows(session, table, rows, { keyOf, onConflict: 'ON CONFLICT DO NOTHING' }),
  };
}

/** Facts of calls, told apart by their order in each. */
function factsOf<T extends object>(
  table: Table<T>,
  fact: FactTable,
  ofCalls: ReadonlyArray<readonly T[]>,
  time: keyof T
): AddedRows {
  const orders = new Map(ofCalls.flatMap((facts) => facts.map((one, index) => [one, BigInt(index)] as const)));
  return rowsOf(table, fact, ofCalls.flat(), time, (one) => orders.get(one)!);
}

/** 64 bits: two parts of one call and time have the same by chance once in more calls than there are. */
function hashOf(key: string): bigint {
  return hash('sha1', key, 'buffer').readBigInt64BE();
}
