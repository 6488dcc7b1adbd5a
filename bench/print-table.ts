import type { Row } from './row';

const columns: ReadonlyArray<readonly [title: string, text: (row: Row) => string]> = [
  ['what', (row) => row.what],
  ['ours', (row) => row.ours],
  ['compared with', (row) => row.comparedWith ?? ''],
  ['ratio', (row) => row.ratio ?? ''],
  ['target', (row) => row.target ?? ''],
  ['met?', ({ isMet }) => (isMet === undefined ? '' : isMet ? 'yes' : '**no**')],
];

/** Prints a table that can be pasted into a page. */
export function printTable(rows: readonly Row[]): void {
  const lines = [columns.map(([title]) => title), ...rows.map((row) => columns.map(([, text]) => text(row)))];
  const widths = columns.map((_, column) => Math.max(...lines.map((line) => line[column]!.length)));
  const print = (cells: readonly string[]): void => console.log(`| ${cells.join(' | ')} |`);
  lines.forEach((line, index) => {
    print(line.map((cell, column) => cell.padEnd(widths[column]!)));
    if (index === 0) {
      print(widths.map((width) => '-'.repeat(width)));
    }
  });
}
