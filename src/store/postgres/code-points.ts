import { casedLetters, caseOrbit } from './case-orbits';

/** From one code point to another, both included. */
export type CodeRange = readonly [first: number, last: number];

const lastCodePoint = 0x10ffff;

export const single = (codePoint: number): CodeRange[] => [[codePoint, codePoint]];

const ranges = (...pairs: string[]): CodeRange[] =>
  pairs.map((pair) => [pair.codePointAt(0)!, pair.codePointAt(pair.length - 1)!]);

/** Classes of RE2 by their letter: of ASCII alone. Source: RE2, syntax. */
export const perlClasses: Readonly<Record<string, CodeRange[]>> = {
  d: ranges('09'),
  s: ranges('\t\n', '\f\r', '  '),
  w: ranges('09', 'AZ', '__', 'az'),
};

/** The same by their name between [: and :]. */
export const namedClasses: Readonly<Record<string, CodeRange[]>> = {
  alnum: ranges('09', 'AZ', 'az'),
  alpha: ranges('AZ', 'az'),
  ascii: ranges('\0\x7f'),
  blank: ranges('\t\t', '  '),
  cntrl: ranges('\0\x1f', '\x7f\x7f'),
  digit: ranges('09'),
  graph: ranges('!~'),
  lower: ranges('az'),
  print: ranges(' ~'),
  punct: ranges('!/', ':@', '[`', '{~'),
  space: ranges('\t\r', '  '),
  upper: ranges('AZ'),
  word: ranges('09', 'AZ', '__', 'az'),
  xdigit: ranges('09', 'AF', 'af'),
};

/** All code points but these. */
export function others(some: readonly CodeRange[]): CodeRange[] {
  const found: CodeRange[] = [];
  let next = 0;
  for (const [first, last] of [...some].sort(([a], [b]) => a - b)) {
    if (first > next) {
      found.push([next, first - 1]);
    }
    next = Math.max(next, last + 1);
  }
  return next > lastCodePoint ? found : [...found, [next, lastCodePoint]];
}

/** With the letters that are the same but for their case. */
export function inAnyCase(some: readonly CodeRange[]): CodeRange[] {
  const added: CodeRange[] = [];
  for (const letter of casedLetters()) {
    if (some.some(([first, last]) => first <= letter && letter <= last)) {
      added.push(...caseOrbit(letter).map((other): CodeRange => [other, other]));
    }
  }
  return [...some, ...added];
}

/** As a bracket expression of PostgreSQL. Null where it holds nothing: such an expression can't be written. */
export function bracket(some: readonly CodeRange[]): string | null {
  // A text has no U+0000 there, nor can a pattern name it.
  const kept = some.flatMap(([first, last]): CodeRange[] => (last === 0 ? [] : [[Math.max(1, first), last]]));
  const texts = new Set(
    kept.map(([first, last]) => (first === last ? escaped(first) : `${escaped(first)}-${escaped(last)}`))
  );
  return kept.length === 0 ? null : `[${[...texts].join('')}]`;
}

function escaped(codePoint: number): string {
  const character = String.fromCodePoint(codePoint);
  return /^[0-9A-Za-z]$/.test(character) ? character : `\\U${codePoint.toString(16).padStart(8, '0')}`;
}
