/** A stretch of time, epoch milliseconds. */
export type Span = readonly [from: number, to: number];

/** What is left of a span without the others. */
export function without([from, to]: Span, holes: readonly Span[]): Span[] {
  return holes.reduce<Span[]>(
    (left, [begin, end]) =>
      left.flatMap(([a, b]): Span[] =>
        end <= a || begin >= b
          ? [[a, b]]
          : [...(begin > a ? [[a, begin] as const] : []), ...(end < b ? [[end, b] as const] : [])]
      ),
    [[from, to]]
  );
}

/** Seconds covered by the spans, those that overlap counted once. */
export function coveredSeconds(spans: readonly Span[]): number {
  return Math.round(joinSpans(spans, 0).reduce((covered, [from, to]) => covered + to - from, 0) / 1000);
}

/** The earliest first, those that overlap or are at most `near` milliseconds apart as one. */
export function joinSpans(spans: readonly Span[], near: number): Span[] {
  const joined: Array<[number, number]> = [];
  for (const [from, to] of [...spans].sort((a, b) => a[0] - b[0])) {
    const last = joined.at(-1);
    if (last && from <= last[1] + near) {
      last[1] = Math.max(last[1], to);
    } else {
      joined.push([from, Math.max(from, to)]);
    }
  }
  return joined;
}

/** Whether one of the spans holds all of a span. */
export function isCovered([from, to]: Span, spans: readonly Span[]): boolean {
  return spans.some(([start, end]) => start <= from && to <= end);
}

/** What of the spans none of `known` covers. */
export function withoutSpans(spans: readonly Span[], known: readonly Span[]): Span[] {
  return joinSpans(known, 0).reduce<Span[]>(
    (left, [start, end]) =>
      left.flatMap(([from, to]): Span[] => {
        if (end <= from || start >= to) {
          return [[from, to]];
        }
        return [...(from < start ? [[from, start] as const] : []), ...(end < to ? [[end, to] as const] : [])];
      }),
    [...spans]
  );
}
