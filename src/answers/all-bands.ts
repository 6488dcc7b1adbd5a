import { bandsOf, isBand } from '../cdr/bands';
import type { StatisticsPlan } from '../cdr/sum-facts';

/**
 * The groups that have no facts, of bands: a chart shows each band of what else is grouped by, the empty ones too.
 * @param found values of the groups that have facts
 * @param check is called with the number of all groups before they are made
 * @throws what `check` does
 */
export function emptyBands(
  { groupBy, bands = [] }: Pick<StatisticsPlan, 'groupBy' | 'bands'>,
  found: readonly string[][],
  check: (groups: number) => void
): string[][] {
  const place = groupBy.findIndex(isBand);
  if (place < 0) {
    return [];
  }
  const known = new Set(found.map((group) => JSON.stringify(group)));
  const templates = groupBy.length === 1 ? [['']] : found.map((group) => group.with(place, ''));
  const others = new Map(templates.map((group) => [JSON.stringify(group), group]));
  const all = bandsOf(bands);
  check(others.size * (all.length + 1));
  return [...others.values()]
    .flatMap((group) => all.map((band) => group.with(place, band)))
    .filter((group) => !known.has(JSON.stringify(group)));
}
