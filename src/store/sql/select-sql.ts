import type { Fact } from '../../cdr/measures';
import type { RowSelection } from '../../answers/answer-store';
import type { Binds } from './binds';
import { whereSql } from './filter-sql';
import { columnName, type Table } from './table';

/** Statement that gives rows of a table, which holds the facts of one kind: the counterpart of `selectRows`. */
export function selectSql(
  fact: Fact,
  table: Pick<Table<never>, 'name' | 'columnsOf'>,
  selection: RowSelection,
  binds: Binds
): string {
  const { sortBy, sortOrder, limit, offset, filters } = selection;
  const order = sortOrder === 'asc' ? 'ASC' : 'DESC';
  return (
    `SELECT ${table.columnsOf('f')} FROM ${table.name} f WHERE ${whereSql(fact, selection, filters, binds)} ` +
    `ORDER BY f.${columnName(sortBy)} ${order} NULLS LAST, f.linked_id ${order}, f.server ` +
    `LIMIT ${binds.integer(limit)} OFFSET ${binds.integer(offset)}`
  );
}
