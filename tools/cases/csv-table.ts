import { parse } from 'csv-parse/sync';
import type { CdrTable, TimeRange } from '../../src/import/cdr-table';

/** A CDR table from a CSV text whose first line has its columns; rows keep their order where their times are equal. */
export function csvTable(text: string): CdrTable {
  const [columns = [], ...rows] = parse(text, { relax_column_count: true }) as string[][];
  const valueOf = (row: string[], column: string): string => row[columns.indexOf(column)] ?? '';
  const within = ({ column, from, isAfter, to }: TimeRange): string[][] =>
    rows
      .filter((row) => valueOf(row, column) >= from && valueOf(row, column) < to)
      .filter((row) => !isAfter || valueOf(row, column) > from)
      .sort((a, b) => compare(valueOf(a, column), valueOf(b, column)));
  const only = (names: readonly string[], found: string[][]): string[][] =>
    found.map((row) => names.map((name) => valueOf(row, name)));
  return {
    columns: async () => columns.map((name) => ({ name, isNumber: false })),
    count: async (range) => within(range).length,
    page: async (names, range, order, limit) => {
      const found = within(range);
      return only(names, (order === 'last' ? found.reverse() : found).slice(0, limit));
    },
    pageOfTime: async (names, { column, value }, offset, limit) =>
      only(names, rows.filter((row) => valueOf(row, column) === value).slice(offset, offset + limit)),
    close: async () => undefined,
  };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
