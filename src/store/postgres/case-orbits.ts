let orbits: ReadonlyMap<number, readonly number[]> | null = null;

/** Code points that are the same letter but for its case, itself included: simple case folding, as RE2 does. */
export function caseOrbit(codePoint: number): readonly number[] {
  orbits ??= findOrbits();
  return orbits.get(codePoint) ?? [codePoint];
}

/** Letters with two cases, in ascending order. */
export function casedLetters(): Iterable<number> {
  orbits ??= findOrbits();
  return orbits.keys();
}

function findOrbits(): ReadonlyMap<number, readonly number[]> {
  const found = new Map<number, number[]>();
  // No script beyond the second plane has cases.
  for (let codePoint = 0; codePoint < 0x20000; codePoint++) {
    const letter = String.fromCodePoint(codePoint);
    for (const other of [letter.toLowerCase(), letter.toUpperCase()]) {
      if (other !== letter && isOne(other) && new RegExp(`^\\u{${codePoint.toString(16)}}$`, 'iu').test(other)) {
        join(found, codePoint, other.codePointAt(0)!);
      }
    }
  }
  return new Map([...found].sort(([a], [b]) => a - b));
}

/** The letter in the other case may be two, as SS is of ß. */
function isOne(text: string): boolean {
  return text.length === String.fromCodePoint(text.codePointAt(0)!).length;
}

function join(found: Map<number, number[]>, one: number, other: number): void {
  const joined = [...new Set([...(found.get(one) ?? [one]), ...(found.get(other) ?? [other])])];
  joined.forEach((codePoint) => found.set(codePoint, joined));
}
