import fc from 'fast-check';
import { secondsBoundNames, secondsBounds } from '../../src/cdr/filter-fields';
import type { CdrFilters } from '../../src/cdr/filters';

const seconds = { '>=': fc.integer({ min: 0, max: 600 }), '<=': fc.integer({ min: 200, max: 2000 }) } as const;
const bound: fc.Arbitrary<CdrFilters> = fc
  .constantFrom(...secondsBoundNames)
  .chain((name) => seconds[secondsBounds[name].operator].map((value) => ({ [name]: value })));

/** A bound or two of durations, waits, ring and talk times. */
export const arbitraryBounds: fc.Arbitrary<CdrFilters> = fc.tuple(bound, bound).map(([a, b]) => ({ ...a, ...b }));
