/** Columns of an answer, by name. */
export type Figures = Record<string, Array<string | number | null>>;

/** Relative: MariaDB rounds averages to four decimals. */
const rounding = 1e-4;

/** How far two answers to one question agree, row by row of `key` (by place, where it is empty), in words. */
export function agreement(title: string, ours: Figures, theirs: Figures, key: string[], figures: string[]): string {
  const [left, right] = [byKey(ours, key, figures), byKey(theirs, key, figures)];
  const both = [...left.keys()].filter((row) => right.has(row));
  const alone = left.size + right.size - 2 * both.length;
  const words = figures.map((figure, column) => {
    const differences = both.map((row) => difference(left.get(row)![column]!, right.get(row)![column]!));
    const differing = differences.filter((value) => value > rounding);
    return differing.length === 0
      ? `${figure} equal`
      : `${figure} differs in ${differing.length}, by ${(100 * Math.max(...differing)).toFixed(1)} % at most`;
  });
  return `${title}: ${both.length} rows in both${alone > 0 ? `, ${alone} in one only` : ''}; ${words.join('; ')}.`;
}

/** Rows of a key without a figure are left out: a series has one for each hour, a table only for those with calls. */
function byKey(columns: Figures, key: string[], figures: string[]): Map<string, Figures[string]> {
  const rows = columns[figures[0]!]!.map((_, index): [string, Figures[string]] => [
    key.length === 0 ? String(index) : key.map((name) => columns[name]![index]).join('|'),
    figures.map((name) => columns[name]![index]!),
  ]);
  return new Map(
    rows.filter(([, values]) => key.length === 0 || values.some((value) => value !== null && value !== 0))
  );
}

function difference(a: string | number | null, b: string | number | null): number {
  if (typeof a !== 'number' || typeof b !== 'number') {
    return a === b ? 0 : 1;
  }
  return a === b ? 0 : Math.abs(a - b) / Math.max(Math.abs(a), Math.abs(b));
}
