import type { Check, ExpectedRow } from './read-case';

type Row = Record<string, unknown>;

/**
 * Whether an answer is the expected one: each expected row is met by a row of its own and there are none besides, in any
 * order, but a row whose figures are all 0 or null may be there or be missing.
 */
export function rowsAgree(found: readonly Row[], { query, rows }: Check): boolean {
  const figures = Array.isArray(query.metrics) ? (query.metrics as string[]) : [];
  const isBlank = (row: Row): boolean =>
    figures.some((figure) => figure in row) && figures.every((figure) => !row[figure]);
  const pairs = pairRows(rows, found);
  const missing = rows.filter((row) => !pairs.has(row));
  const met = new Set(pairs.values());
  return missing.every(isBlank) && found.filter((row) => !met.has(row)).every(isBlank);
}

/** As many expected rows as can be, each with a found row of its own (augmenting paths). */
function pairRows(expected: readonly ExpectedRow[], found: readonly Row[]): Map<ExpectedRow, Row> {
  const takenBy = new Map<Row, ExpectedRow>();
  const place = (row: ExpectedRow, seen: Set<Row>): boolean =>
    found.some((candidate) => {
      if (seen.has(candidate) || !meets(candidate, row)) {
        return false;
      }
      seen.add(candidate);
      const other = takenBy.get(candidate);
      const isFree = other === undefined || place(other, seen);
      if (isFree) {
        takenBy.set(candidate, row);
      }
      return isFree;
    });
  expected.forEach((row) => place(row, new Set()));
  return new Map([...takenBy].map(([row, wanted]) => [wanted, row]));
}

function meets(found: Row, expected: ExpectedRow): boolean {
  return Object.entries(expected).every(([field, value]) => isSame(found[field], value));
}

function isSame(found: unknown, expected: unknown): boolean {
  return found === expected || JSON.stringify(found) === JSON.stringify(expected);
}
