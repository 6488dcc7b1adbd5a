import type { RowKind, RowKinds } from '../../answers/row-columns';
import { Binds } from '../sql/binds';
import { fromSql, whereSql } from '../sql/filter-sql';
import { rowTables } from '../sql/row-tables';
import type { Asker } from '../sql/sql-questions';
import type { Table } from '../sql/table';
import type { ScanSelection } from '../store';
import { duckdbDialect } from './duckdb-dialect';

/** The row that ends a page: nothing before it in the order of `markPages`, itself included, is of a later page. */
export interface PageMark {
  startTime: number;
  rowId: number;
  /** How many rows there are up to it. */
  rows: number;
}

/** Cuts the rows of a selection into pages of `size` rows; none where there are no rows. */
export async function markPages(
  asker: Asker,
  kind: RowKind,
  selection: ScanSelection,
  size: number,
  signal?: AbortSignal
): Promise<PageMark[]> {
  const { fact } = rowTables[kind];
  const binds = new Binds(duckdbDialect);
  const where = whereSql(fact, selection, selection.filters, binds);
  const ordered =
    `SELECT f.start_time, f.rowid AS row_id, row_number() OVER (ORDER BY ${orderSql(selection)}) AS n, ` +
    `count(*) OVER () AS total ${fromSql(fact, binds)} WHERE ${where}`;
  const rows = await asker.rows(
    `SELECT start_time, row_id, n FROM (${ordered}) o WHERE n % ${binds.integer(size)} = 0 OR n = total ORDER BY n`,
    binds.values,
    signal
  );
  return rows.map((row) => ({ startTime: Number(row.start_time), rowId: Number(row.row_id), rows: Number(row.n) }));
}

/** Rows of a page that `markPages` cut, in the same transaction: row ids hold no longer. */
export async function readPage<K extends RowKind>(
  asker: Asker,
  kind: K,
  selection: ScanSelection,
  after: PageMark | undefined,
  last: PageMark,
  signal?: AbortSignal
): Promise<Array<RowKinds[K]>> {
  const { fact, table } = rowTables[kind];
  const binds = new Binds(duckdbDialect);
  const isAscending = selection.sortOrder === 'asc';
  // The time alone comes first: by it a database skips what is far from the page.
  const bound = (isLater: boolean, orItself: string, { startTime, rowId }: PageMark): string => {
    const sign = isLater === isAscending ? '>' : '<';
    const time = binds.integer(startTime);
    return `f.start_time ${sign}= ${time} AND (f.start_time <> ${time} OR f.rowid ${sign}${orItself} ${binds.integer(rowId)})`;
  };
  const conditions = [
    whereSql(fact, selection, selection.filters, binds),
    bound(false, '=', last),
    ...(after ? [bound(true, '', after)] : []),
  ];
  const rows = await asker.rows(
    `SELECT ${jsonOf(table)} AS row ${fromSql(fact, binds)} WHERE ${conditions.join(' AND ')} ORDER BY ${orderSql(selection)}`,
    binds.values,
    signal
  );
  return rows.map(({ row }) => table.read(JSON.parse(String(row)) as Record<string, unknown>));
}

/** A row as one text: values by themselves take a client three times as long. */
function jsonOf<T extends object>(table: Table<T>): string {
  return `json_object(${table.columns.map(({ name }) => `'${name}', f."${name}"`).join(', ')})::VARCHAR`;
}

function orderSql({ sortOrder }: ScanSelection): string {
  const order = sortOrder === 'asc' ? 'ASC' : 'DESC';
  return `f.start_time ${order}, f.rowid ${order}`;
}
