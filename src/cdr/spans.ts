/** A stretch of time, epoch milliseconds. */
export type Span = readonly [from: number, to: number];

/** Seconds covered by the spans, those that overlap counted once. */
export function coveredSeconds(spans: readonly Span[]): number {
  let covered = 0;
  let reached = -Infinity;
  for (const [from, to] of [...spans].sort((a, b) => a[0] - b[0])) {
    covered += Math.max(0, to - Math.max(from, reached));
    reached = Math.max(reached, to);
  }
  return Math.round(covered / 1000);
}
