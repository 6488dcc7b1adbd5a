/** Where a range that ends now begins: so many milliseconds before now, or at an instant (epoch ms), such as midnight. */
export type LiveStart = { rangeMs: number } | { from: number };

/** Start of the range at an instant, epoch milliseconds. */
export function startAt(start: LiveStart, now: number): number {
  return 'from' in start ? start.from : now - start.rangeMs;
}
