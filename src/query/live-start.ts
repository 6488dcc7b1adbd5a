/** Where a range that ends now begins: so many milliseconds before now, or at an instant (epoch ms), such as midnight. */
export type LiveStart = { rangeMs: number } | { from: number };

/** Start of the range at an instant, epoch milliseconds. */
export function startAt(start: LiveStart, now: number): number {
  return 'from' in start ? start.from : now - start.rangeMs;
}

/**
 * How often what a range holds is looked at, though nothing happens, in milliseconds: calls leave a range that moves, and a
 * sixtieth of it is a step that can be seen. A second to a minute.
 */
export function clockMs(start: LiveStart): number {
  return 'from' in start ? 60_000 : Math.min(60_000, Math.max(1_000, start.rangeMs / 60));
}
