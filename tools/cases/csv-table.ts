import { parse } from 'csv-parse/sync';
import type { CdrTable } from '../../src/import/cdr-table';

/** A CDR table from a CSV text whose first line has its columns; rows keep their order where their times are equal. */
export function csvTable(text: string): CdrTable {
  const [columns = [], ...rows] = parse(text, { relax_column_count: true }) as string[][];
  const within = (column: string, from: string, to: string | null): string[][] => {
    const place = columns.indexOf(column);
    return rows
      .filter((row) => row[place]! >= from && (to === null || row[place]! < to))
      .sort((a, b) => (a[place]! < b[place]! ? -1 : Number(a[place]! > b[place]!)));
  };
  return {
    columns: async () => columns.map((name) => ({ name, isNumber: false })),
    count: async (column, from, to) => within(column, from, to).length,
    page: async (names, column, from, to, limit) =>
      within(column, from, to)
        .slice(0, limit)
        .map((row) => names.map((name) => row[columns.indexOf(name)] ?? '')),
    close: async () => undefined,
  };
}
