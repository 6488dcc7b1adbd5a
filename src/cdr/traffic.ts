/** How much goes on at the same time in some stretch of time. Source of the words: ITU-T E.600. */
export interface Traffic {
  /** Milliseconds of the stretch. */
  length: number;
  /** Milliseconds of all facts together within it. */
  volume: number;
  /** The most at one instant; null where that is not known. */
  peak: number | null;
}

/** The traffic of two stretches of time together. */
export function inTurn(a: Traffic, b: Traffic): Traffic {
  return {
    length: a.length + b.length,
    volume: a.volume + b.volume,
    peak: a.peak === null || b.peak === null ? null : Math.max(a.peak, b.peak),
  };
}

/** The traffic of two groups in the same time: they need not have most at the same instant, so that peaks don't add up. */
export function atOnce(a: Traffic, b: Traffic): Traffic {
  return { length: Math.max(a.length, b.length), volume: a.volume + b.volume, peak: null };
}

/** The mean of how many go on at the same time, in Erlangs; null of no time. */
export function erlangs({ length, volume }: Traffic): number | null {
  return length > 0 ? volume / length : null;
}
