import { customLabel, customText } from '../cdr/dimensions';
import { InvalidQueryError } from '../query/invalid-query-error';
import { noDirectory, type Directory } from '../cdr/directory';
import { nameColumns } from './name-columns';
import type { SeenText } from './seen-text';
import { rowColumns, type Column, type RowKind, type RowKinds } from '../answers/row-columns';
import { sentence } from '../sentences/sentence';

export type Cell = string | number | boolean | null;

/** A column of a file. */
export interface ExportColumn<T> {
  name: string;
  title: string;
  /** Of a time in epoch milliseconds: how many seconds the row's PBX is ahead of UTC then. Null for what is no time. */
  utcOffset: ((row: T, instant: number) => number) | null;
  value: (row: T) => Cell;
}

/**
 * The columns of a file: those that are chosen, in their order, else all, with those of the custom fields and of names at the end.
 * @param customLabels custom fields that the rows have
 * @param directory its names stand in columns at the end where it has any
 * @throws InvalidQueryError when a chosen field is none
 */
export function exportColumns<K extends RowKind>(
  kind: K,
  chosen: readonly string[],
  customLabels: readonly string[],
  seen: SeenText,
  directory: Directory = noDirectory
): Array<ExportColumn<RowKinds[K]>> {
  const known: ReadonlyArray<Column<RowKinds[K]>> = rowColumns[kind];
  const names =
    chosen.length > 0
      ? chosen
      : [
          ...known.map(({ name }) => name),
          ...customLabels.map(customName),
          ...(directory.isEmpty ? [] : nameColumns.map(({ name }) => name)),
        ];
  return names.map((name) => {
    const column = known.find((one) => one.name === name);
    const label = customLabel(name);
    if (column) {
      return {
        name,
        title: column.title,
        utcOffset: column.type === 'time' ? (row) => row.utcOffset : null,
        value: (row) => {
          const cell = row[column.name] as Cell;
          return typeof cell === 'string' ? seen(column.origin ?? 'free', cell) : cell;
        },
      };
    }
    const named = nameColumns.find((one) => one.name === name);
    if (named) {
      return { name, title: named.title, utcOffset: null, value: (row) => named.value(row, directory, seen) };
    }
    if (label) {
      return { name, title: label, utcOffset: null, value: (row) => seen('free', customText(row.custom, label)) };
    }
    const all = [...[...known, ...nameColumns].map((one) => one.name), 'custom.<label>'];
    throw new InvalidQueryError([sentence('export.no-field', { field: `"${name}"`, known: all })]);
  });
}

function customName(label: string): string {
  return `custom.${label}`;
}
