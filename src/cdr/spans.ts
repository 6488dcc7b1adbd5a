/** A stretch of time, epoch milliseconds. */
export type Span = readonly [from: number, to: number];

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

/** The stretches between spans that none of them covers, the earliest first. */
export function spansBetween(spans: readonly Span[]): Span[] {
  const joined = joinSpans(spans, 0);
  return joined.slice(1).map(([from], before): Span => [joined[before]![1], from]);
}

/** Whether one of the spans holds all of a span. */
export function isCovered([from, to]: Span, spans: readonly Span[]): boolean {
  return spans.some(([start, end]) => start <= from && to <= end);
}

/** A record's times are whole seconds, cut off, and an event comes a moment after its instant. Milliseconds. */
const rounding = 2000;

/** Gives a span the ends of those among `known` that it begins or ends with, but for rounding. */
export function snapTo(known: readonly Span[]): (span: Span) => Span {
  const starts = known.map(([from]) => from).sort((a, b) => a - b);
  const ends = known.map(([, to]) => to).sort((a, b) => a - b);
  return ([from, to]) => {
    const begin = nearOf(starts, from);
    return [begin, Math.max(begin, nearOf(ends, to))];
  };
}

/** The first of times in order that is the same but for rounding; the time itself where there is none. */
function nearOf(times: readonly number[], time: number): number {
  let [low, high] = [0, times.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (times[middle]! <= time - rounding) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  const found = times[low];
  return found !== undefined && found < time + rounding ? found : time;
}

/** What of the spans none of `known` covers, the earliest first; those that overlap or touch are one. */
export function withoutSpans(spans: readonly Span[], known: readonly Span[]): Span[] {
  const holes = joinSpans(known, 0);
  const left: Span[] = [];
  let next = 0;
  for (const [from, to] of joinSpans(spans, 0)) {
    let begin = from;
    while (next < holes.length && holes[next]![1] <= begin) {
      next++;
    }
    for (let hole = next; hole < holes.length && holes[hole]![0] < to; hole++) {
      if (holes[hole]![0] > begin) {
        left.push([begin, holes[hole]![0]]);
      }
      begin = Math.max(begin, holes[hole]![1]);
    }
    if (begin < to || (from === to && begin === from)) {
      left.push([begin, to]);
    }
  }
  return left;
}
