const unitMs: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};

/** Milliseconds of a width such as `30s`, `15m`, `1h`, `1d` or `1w`; null for anything else. */
export function parseInterval(text: string): number | null {
  const match = /^([1-9]\d{0,6})(ms|s|m|h|d|w)$/.exec(text.trim());
  return match ? Number(match[1]) * unitMs[match[2]!]! : null;
}
