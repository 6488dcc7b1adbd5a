import { cleanName } from '../cdr/directory';
import { readDirectory, type ReadDirectory, type SavedDirectoryEntry } from './directory-settings';

/** Characters of a file that is read: some hundred for each entry that a directory may hold. */
const largestFile = 2_000_000;

/** Titles of the columns, in any case of letters. */
const titles: Readonly<Record<keyof SavedDirectoryEntry, readonly string[]>> = {
  id: ['id', 'extension', 'number', 'did'],
  name: ['name', 'label', 'description', 'descr'],
  kind: ['kind', 'type'],
  teams: ['teams', 'team'],
};
const kinds: ReadonlyMap<string, string> = new Map([
  ['', 'agent'],
  ['extension', 'agent'],
  ['did', 'number'],
]);

export type CsvDirectory =
  | ReadDirectory
  /** Nothing was read: the file is too large, or its first line has no title of the column `id`, but those. */
  | { refused: 'too-large' | 'columns'; found: string };

/**
 * A directory from a CSV file with a line of titles, in any order of columns, cut at commas, semicolons or tabs. Several
 * teams stand in one cell, with | , or ; between them.
 */
export function readDirectoryCsv(text: string): CsvDirectory {
  if (text.length > largestFile) {
    return { refused: 'too-large', found: String(text.length) };
  }
  const [head = [], ...lines] = csvLines(text.replace(/^\uFEFF/, ''));
  const names = head.map((title) => title.trim().toLowerCase());
  const place = (field: keyof SavedDirectoryEntry): number => names.findIndex((title) => titles[field].includes(title));
  if (place('id') < 0) {
    return { refused: 'columns', found: cleanName(head.join(', ')) };
  }
  const cell = (line: readonly string[], field: keyof SavedDirectoryEntry): string => line[place(field)] ?? '';
  const read = readDirectory(
    lines.map((line) => {
      const kind = cell(line, 'kind').trim().toLowerCase();
      return {
        kind: kinds.get(kind) ?? kind,
        id: cell(line, 'id'),
        name: cell(line, 'name'),
        teams: cell(line, 'teams').split(/[|,;]/),
      };
    })
  );
  const long = lines.filter((line) => line.length > head.length);
  return long.length === 0
    ? read
    : {
        ...read,
        problems: [
          ...read.problems,
          { problem: 'more-cells', count: long.length, example: cleanName(long[0]!.join(', ')) },
        ],
      };
}

/** Lines as cells, but for those with nothing in them. RFC 4180; a quote that is never closed ends with the file. */
function csvLines(text: string): string[][] {
  const separator = separatorOf(text.slice(0, text.search(/[\r\n]|$/)));
  const cell = new RegExp(
    `(?:"((?:[^"]|"")*)(?:"|$)([^${separator}\\r\\n]*)|([^${separator}\\r\\n]*))(${separator}|\\r?\\n|\\r|$)`,
    'g'
  );
  const lines: string[][] = [];
  let line: string[] = [];
  for (const [, quoted, rest, plain, end] of text.matchAll(cell)) {
    line.push(quoted === undefined ? plain! : quoted.replaceAll('""', '"') + rest!);
    if (end !== separator) {
      lines.push(line);
      line = [];
    }
  }
  return lines.filter((cells) => cells.some((one) => one.trim() !== ''));
}

function separatorOf(head: string): string {
  const count = (separator: string): number => head.split(separator).length;
  return [',', ';', '\t'].reduce((best, other) => (count(other) > count(best) ? other : best));
}
