import { addSums, noSums, type Sums } from '../cdr/fact-rows';

/** Sums of one group, at one instant of a time series. */
export interface Part {
  /** Epoch milliseconds; null of a table. */
  start: number | null;
  group: readonly string[];
  sums: Sums;
}

export type WholeSums = (part: Omit<Part, 'sums'>) => Sums;

/**
 * The sums that shares are of: all groups together that differ only in the last field that is grouped by. What is in none of
 * them, such as the row of all others, is a part of all that there is at its instant. They are made once the first is asked for.
 */
export function wholeSums(parts: () => Iterable<Part>): WholeSums {
  let wholes: Map<string, Sums> | undefined;
  const none = noSums();
  return (part) => {
    wholes ??= sumsOf(parts());
    return wholes.get(keyOf(part)) ?? wholes.get(allKeyOf(part)) ?? none;
  };
}

function sumsOf(parts: Iterable<Part>): Map<string, Sums> {
  const wholes = new Map<string, Sums>();
  for (const { sums, ...part } of parts) {
    for (const key of new Set([keyOf(part), allKeyOf(part)])) {
      const whole = wholes.get(key) ?? noSums();
      wholes.set(key, whole);
      addSums(whole, sums);
    }
  }
  return wholes;
}

const keyOf = ({ start, group }: Omit<Part, 'sums'>): string => JSON.stringify([start, group.slice(0, -1)]);
const allKeyOf = ({ start }: Omit<Part, 'sums'>): string => JSON.stringify([start]);
