import type { Cell, ExportColumn } from './export-columns';
import type { RowWriter } from './row-writer';
import type { TimeText } from './time-text';

/** A JSON array of one object a line; a file that breaks off is no JSON. */
export function jsonWriter<T extends { utcOffset: number }>(
  columns: ReadonlyArray<ExportColumn<T>>,
  timeText: TimeText
): RowWriter<T> {
  const keys = columns.map(({ name, isTime, value }) => ({ key: JSON.stringify(name), isTime, value }));
  return {
    contentType: 'application/json; charset=utf-8',
    head: '[\n',
    row: (row) => {
      const cells = keys.map(({ key, isTime, value }) => {
        const cell: Cell = value(row);
        return `${key}:${JSON.stringify(isTime && cell !== null ? timeText(cell as number, row.utcOffset) : cell)}`;
      });
      return `{${cells.join(',')}}`;
    },
    between: ',\n',
    tail: '\n]\n',
  };
}
