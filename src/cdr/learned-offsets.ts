/** A stretch of time in which a wall clock was seen with one offset. Instants in epoch milliseconds, both inclusive. */
export interface OffsetSpan {
  from: number;
  to: number;
  /** Seconds ahead of UTC. */
  offset: number;
}

/** So far apart two sightings may be of one stretch: clocks change twice a year. Milliseconds. */
const reach = 14 * 86_400_000;
/** Some hundred years of clock changes. */
const mostSpans = 256;

/** What a wall clock's offset was when: what was seen, and between two sightings what was seen before. */
export class LearnedOffsets {
  private spans: readonly OffsetSpan[];

  constructor(spans: readonly OffsetSpan[] = []) {
    this.spans = [...spans].sort((a, b) => a.from - b.from);
  }

  /** In order of time. */
  get seen(): readonly OffsetSpan[] {
    return this.spans;
  }

  /** Null where nothing was ever seen. */
  at(instant: number): number | null {
    return (this.spans.findLast(({ from }) => from <= instant) ?? this.spans[0])?.offset ?? null;
  }

  /** The clock was seen; true where that is more than what was known, but for a few more hours of the same. */
  see(instant: number, offset: number): boolean {
    const of = this.spans.find(
      (span) => span.offset === offset && isNear(span, instant) && !this.isBetween(span, instant)
    );
    if (of) {
      const grown = { ...of, from: Math.min(of.from, instant), to: Math.max(of.to, instant) };
      this.spans = this.spans.map((span) => (span === of ? grown : span));
      return Math.floor(grown.to / reach) !== Math.floor(of.to / reach) || grown.from !== of.from;
    }
    const cut = this.spans.map((span) =>
      covers(span, instant) ? { ...span, to: Math.max(span.from, instant - 1) } : span
    );
    this.spans = [...cut, { from: instant, to: instant, offset }].sort((a, b) => a.from - b.from).slice(-mostSpans);
    return true;
  }

  /** Another stretch lies between one and an instant. */
  private isBetween(span: OffsetSpan, instant: number): boolean {
    return this.spans.some((other) =>
      other === span
        ? false
        : instant > span.to
          ? other.from > span.to && other.from <= instant
          : instant < span.from && other.to < span.from && other.to >= instant
    );
  }
}

function isNear({ from, to }: OffsetSpan, instant: number): boolean {
  return instant >= from - reach && instant <= to + reach;
}

function covers({ from, to }: OffsetSpan, instant: number): boolean {
  return from <= instant && instant <= to;
}
