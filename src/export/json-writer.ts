import type { Cell, ExportColumn } from './export-columns';
import type { RowWriter } from './row-writer';
import type { TimeText } from './time-text';

/** A JSON array of one object a line; a file that breaks off is no JSON. */
export function jsonWriter<T>(columns: ReadonlyArray<ExportColumn<T>>, timeText: TimeText): RowWriter<T> {
  const keys = columns.map(({ name, ...column }) => ({ key: JSON.stringify(name), ...column }));
  return {
    contentType: 'application/json; charset=utf-8',
    head: '[\n',
    row: (row) => {
      const cells = keys.map(({ key, utcOffset, value }) => {
        const cell: Cell = value(row);
        return `${key}:${JSON.stringify(utcOffset && cell !== null ? timeText(cell as number, utcOffset(row, cell as number)) : cell)}`;
      });
      return `{${cells.join(',')}}`;
    },
    between: ',\n',
    tail: '\n]\n',
  };
}
