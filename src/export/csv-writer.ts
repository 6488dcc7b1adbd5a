import type { ExportColumn } from './export-columns';
import type { RowWriter } from './row-writer';
import { safeText } from './safe-text';
import type { TimeText } from './time-text';

/**
 * Excel takes a CSV file without it for the code page of its user, and shows every name with an umlaut wrong. Grafana's
 * own CSV download begins with it too.
 */
const byteOrderMark = '\uFEFF';
const lineEnd = '\r\n';

/** CSV as RFC 4180 has it, in UTF-8, with no text in it that a spreadsheet takes for a formula. */
export function csvWriter<T>(
  columns: ReadonlyArray<ExportColumn<T>>,
  timeText: TimeText,
  header: boolean
): RowWriter<T> {
  const line = (cells: string[]): string =>
    // Readers skip a line with nothing in it.
    (cells.length === 1 && cells[0] === '' ? '""' : cells.join(',')) + lineEnd;
  return {
    contentType: `text/csv; charset=utf-8; header=${header ? 'present' : 'absent'}`,
    head: byteOrderMark + (header ? line(columns.map(({ title }) => textCell(title))) : ''),
    row: (row) =>
      line(
        columns.map(({ utcOffset, value }) => {
          const cell = value(row);
          if (cell === null) {
            return '';
          }
          return utcOffset ? String(timeText(cell as number, utcOffset(row, cell as number))) : cellText(cell);
        })
      ),
    between: '',
    tail: '',
  };
}

function cellText(cell: string | number | boolean): string {
  return typeof cell === 'string' ? textCell(cell) : String(cell);
}

function textCell(text: string): string {
  const safe = safeText(text);
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
