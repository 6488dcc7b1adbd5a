import type { Column } from '../src/store/sql/table';
import {
  callTable,
  eventTable,
  legTable,
  recordTable,
  stretchTable,
  transferTable,
  visitTable,
} from '../src/store/sql/tables';

interface YearTable {
  name: string;
  columns: ReadonlyArray<Pick<Column<never>, 'name' | 'type'>>;
}

/** The tables that a year of calls fills. */
export const yearTables: readonly YearTable[] = [
  recordTable,
  eventTable,
  callTable,
  visitTable,
  legTable,
  transferTable,
  stretchTable,
];

/** Those whose rows PostgreSQL tells apart by a key, with the time that they are cut by. */
export const keyedTables: ReadonlyMap<string, string> = new Map([
  [recordTable.name, 'start_time'],
  [eventTable.name, '"at"'],
  [callTable.name, 'start_time'],
  [visitTable.name, 'join_time'],
  [legTable.name, 'start_time'],
  [transferTable.name, 'transfer_time'],
]);
