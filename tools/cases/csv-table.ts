import { parse } from 'csv-parse/sync';
import type { CdrTable, TimeRange } from '../../src/import/cdr-table';

/** A CDR table from a CSV text whose first line has its columns; rows keep their order where their times are equal. */
export function csvTable(text: string): CdrTable {
  const [columns = [], ...rows] = parse(text, { relax_column_count: true }) as string[][];
  const valueOf = (column: string): ((row: string[]) => string) => {
    const place = columns.indexOf(column);
    return (row) => row[place] ?? '';
  };
  const within = ({ column, from, isAfter, to }: TimeRange): string[][] => {
    const time = valueOf(column);
    return rows
      .filter((row) => (isAfter ? time(row) > from : time(row) >= from) && time(row) < to)
      .sort((a, b) => compare(time(a), time(b)));
  };
  const only = (names: readonly string[], found: string[][]): string[][] => {
    const values = names.map(valueOf);
    return found.map((row) => values.map((value) => value(row)));
  };
  return {
    columns: async () => columns.map((name) => ({ name, isNumber: false })),
    count: async (range) => within(range).length,
    page: async (names, range, order, limit) => {
      const found = within(range);
      return only(names, (order === 'last' ? found.reverse() : found).slice(0, limit));
    },
    pageOfTime: async (names, { column, value }, offset, limit) =>
      only(names, rows.filter((row) => valueOf(column)(row) === value).slice(offset, offset + limit)),
    close: async () => undefined,
  };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
