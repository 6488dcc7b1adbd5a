import type { Fact } from '../../cdr/measures';
import type { RowKind, RowKinds } from '../../answers/row-columns';
import type { Table } from './table';
import { callTable, recordTable } from './tables';

/** Where rows of a kind stand. */
export const rowTables: { [K in RowKind]: { fact: Fact; table: Table<RowKinds[K]> } } = {
  records: { fact: 'record', table: recordTable },
  calls: { fact: 'call', table: callTable },
};
