import type { Sums } from './fact-rows';
import type { Measure } from './measures';

/** Measures that are added up, those with -1 subtracted. */
export type Terms = Partial<Record<Measure, 1 | -1>>;

/** A figure of sums as data, so that a database can rank by it as well. */
export interface Formula {
  part: Terms;
  /** What the part is a rate of, null where that is 0; the figure is the part itself where left out. */
  per?: { whole: Terms; scale: 1 | 100 };
  /** The figure is null where there is none of these. */
  ofAny?: Measure;
}

/** The figure; null where there is nothing to take it of. */
export function formulaValue({ part, per, ofAny }: Formula, sums: Sums): number | null {
  if (ofAny && sums[ofAny] === 0) {
    return null;
  }
  return per ? divide(sumOf(part, sums), sumOf(per.whole, sums), per.scale) : sumOf(part, sums);
}

/** The measures that a formula reads. */
export function measuresOfFormula({ part, per, ofAny }: Formula): Measure[] {
  const named = [...termsOf(part), ...termsOf(per?.whole ?? {})].map(([measure]) => measure);
  return [...new Set([...named, ...(ofAny ? [ofAny] : [])])];
}

/** The terms of a sum, in their order. */
export function termsOf(terms: Terms): Array<[Measure, 1 | -1]> {
  return Object.entries(terms) as Array<[Measure, 1 | -1]>;
}

/** Null of nothing. */
export function divide(part: number, whole: number, scale: number): number | null {
  return whole === 0 ? null : (scale * part) / whole;
}

function sumOf(terms: Terms, sums: Sums): number {
  return termsOf(terms).reduce((sum, [measure, sign]) => sum + sign * sums[measure], 0);
}
