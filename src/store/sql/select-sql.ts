import type { Fact } from '../../cdr/measures';
import type { RowSelection } from '../../answers/answer-store';
import type { Binds } from './binds';
import { factTables, fromSql, whereSql } from './filter-sql';
import { columnName, type Table } from './table';

/** Statement that gives rows of a table, which holds the facts of one kind: the counterpart of `selectRows`. */
export function selectSql(
  fact: Fact,
  table: Pick<Table<never>, 'columnsOf'>,
  selection: RowSelection,
  binds: Binds
): string {
  const { sortBy, sortOrder, limit, offset, filters } = selection;
  const order = sortOrder === 'asc' ? 'ASC' : 'DESC';
  const column = columnName(sortBy);
  // The range leaves out what has no time, so that an index on it has the order.
  const nulls = column === factTables[fact].time ? '' : ' NULLS LAST';
  const where = whereSql(fact, selection, filters, binds);
  return (
    `SELECT ${table.columnsOf('f')} ${fromSql(fact, binds)} WHERE ${where} ` +
    `ORDER BY f.${column} ${order}${nulls}, f.linked_id ${order}, f.server ` +
    `LIMIT ${binds.integer(limit)} OFFSET ${binds.integer(offset)}`
  );
}
