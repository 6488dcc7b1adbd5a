import { PatternError } from '../../cdr/pattern-error';
import { bracket, inAnyCase, namedClasses, others, perlClasses, single, type CodeRange } from './code-points';
import { sentence, type SentenceValue } from '../../sentences/sentence';

/** More repetitions than that PostgreSQL does not count. Source: PostgreSQL, regular expression details. */
const mostRepetitions = 255;

/** Of letters after `\`, the character that they stand for. Source: RE2, syntax. */
const characters: Readonly<Record<string, string>> = { a: '\x07', f: '\f', t: '\t', n: '\n', r: '\r', v: '\v' };
/** The same in PostgreSQL, where a text is in the order of bytes. */
const places: Readonly<Record<string, string>> = { A: '\\A', z: '\\Z', b: '\\y', B: '\\Y' };

interface Flags {
  i: boolean;
  m: boolean;
  s: boolean;
}

/**
 * An RE2 pattern as PostgreSQL's advanced regular expressions tell the same texts apart. Every character is written as a
 * bracket expression, since the two read few others alike.
 *
 * @throws PatternError for what they have no counterpart of
 */
export function advancedPattern(re2: string): string {
  return new Translation(re2).pattern();
}

class Translation {
  private readonly rest: string[];
  private at = 0;
  private flags: Flags = { i: false, m: false, s: false };

  constructor(private readonly re2: string) {
    this.rest = [...withoutQuotes(re2)];
  }

  pattern(): string {
    const found = this.alternatives();
    return this.at < this.rest.length ? this.refuse(sentence('pattern.closing')) : found;
  }

  private alternatives(): string {
    const found = [this.sequence()];
    while (this.takes('|')) {
      found.push(this.sequence());
    }
    return found.join('|');
  }

  private sequence(): string {
    let found = '';
    while (this.at < this.rest.length && !this.sees('|') && !this.sees(')')) {
      const atom = this.atom();
      const repeat = this.repeat();
      found += repeat === '' ? atom : `(?:${atom || this.refuse(sentence('pattern.nothing'))})${repeat}`;
    }
    return found;
  }

  /** Whether as much or as little as possible is taken changes nothing of whether there is a match. */
  private repeat(): string {
    const [text] = /^(?:[*+?]|\{\d+(?:,\d*)?\})/.exec(this.rest.slice(this.at, this.at + 20).join('')) ?? [''];
    if (text === '') {
      return '';
    }
    this.at += text.length;
    this.takes('?');
    const counts = text.match(/\d+/g) ?? [];
    return counts.some((count) => Number(count) > mostRepetitions)
      ? this.refuse(sentence('pattern.repetitions', { most: mostRepetitions }))
      : text;
  }

  private atom(): string {
    const character = this.next();
    switch (character) {
      case '(':
        return this.group();
      case '[':
        return oneOf(this.members());
      case '.':
        return oneOf(this.flags.s ? others([]) : others(single(0x0a)));
      case '^':
        return this.flags.m ? '(?:^|(?<=[\\n]))' : '^';
      case '$':
        return this.flags.m ? '(?:$|(?=[\\n]))' : '$';
      case '\\':
        return this.escape();
      case '*':
      case '+':
      case '?':
        return this.refuse(sentence('pattern.sign', { sign: character }));
      default:
        return oneOf(this.inCase(single(character.codePointAt(0)!)));
    }
  }

  private group(): string {
    const before = this.flags;
    if (this.takes('?')) {
      const [text, names, letters = ''] =
        /^(?:(P?<\w+>)|([imsU]*(?:-[imsU]+)?)[:)])/.exec(this.rest.slice(this.at).join('')) ?? this.refuse('a (?');
      this.at += text.length;
      if (names === undefined) {
        this.flags = withFlags(before, letters);
        if (text.endsWith(')')) {
          return '';
        }
      }
    }
    const found = this.alternatives();
    this.flags = before;
    return this.takes(')') ? `(?:${found})` : this.refuse(sentence('pattern.opening'));
  }

  private escape(): string {
    const letter = this.rest[this.at] ?? '';
    if (letter in places) {
      this.at++;
      return places[letter]!;
    }
    return oneOf(this.escapedOnes());
  }

  /** What stands after a \ that is a character or a class. */
  private escapedOnes(): CodeRange[] {
    const letter = this.rest[this.at] ?? '';
    const some = perlClasses[letter.toLowerCase()];
    if (!some) {
      return this.inCase(single(this.escapedCharacter()));
    }
    this.at++;
    return letter in perlClasses ? this.inCase(some) : others(this.inCase(some));
  }

  /** The code point of what stands after a \. */
  private escapedCharacter(): number {
    const letter = this.next();
    if (letter in characters) {
      return characters[letter]!.codePointAt(0)!;
    }
    if (letter === 'x') {
      const [text, wide, two] =
        /^(?:\{([0-9A-Fa-f]{1,6})\}|([0-9A-Fa-f]{2}))/.exec(this.rest.slice(this.at).join('')) ?? this.refuse('\\x');
      this.at += text.length;
      return parseInt(wide ?? two!, 16);
    }
    return /^[\x21-\x2f\x3a-\x40\x5b-\x60\x7b-\x7e]$/.test(letter)
      ? letter.codePointAt(0)!
      : this.refuse(`\\${letter}`);
  }

  private members(): CodeRange[] {
    const isNegated = this.takes('^');
    const found: CodeRange[] = [];
    do {
      found.push(...this.member());
    } while (!this.takes(']'));
    return isNegated ? others(found) : found;
  }

  private member(): CodeRange[] {
    const named = /^\[:(\^?)(\w+):\]/.exec(this.rest.slice(this.at, this.at + 14).join(''));
    if (named) {
      this.at += named[0].length;
      const some = this.inCase(namedClasses[named[2]!] ?? this.refuse(named[0]));
      return named[1] ? others(some) : some;
    }
    if (this.sees('\\') && (this.rest[this.at + 1] ?? '').toLowerCase() in perlClasses) {
      this.at++;
      return this.escapedOnes();
    }
    const first = this.memberCharacter();
    if (!this.sees('-') || this.rest[this.at + 1] === ']') {
      return this.inCase(single(first));
    }
    this.at++;
    const last = this.memberCharacter();
    return first <= last ? this.inCase([[first, last]]) : this.refuse(sentence('pattern.range'));
  }

  private memberCharacter(): number {
    const character = this.next();
    return character === '\\' ? this.escapedCharacter() : character.codePointAt(0)!;
  }

  private inCase(some: CodeRange[]): CodeRange[] {
    return this.flags.i ? inAnyCase(some) : some;
  }

  private next(): string {
    return this.rest[this.at++] ?? this.refuse(sentence('pattern.end'));
  }

  private sees(character: string): boolean {
    return this.rest[this.at] === character;
  }

  private takes(character: string): boolean {
    const isNext = this.sees(character);
    this.at += isNext ? 1 : 0;
    return isNext;
  }

  private refuse(what: SentenceValue): never {
    throw new PatternError([sentence('pattern.postgres', { pattern: this.re2, what })]);
  }
}

/** Any one of these characters. */
function oneOf(some: readonly CodeRange[]): string {
  return bracket(some) ?? '(?!)';
}

/** What stands between \Q and \E as escaped characters. */
function withoutQuotes(re2: string): string {
  return re2.replace(
    /(?<!\\)((?:\\\\)*)\\Q(.*?)(?:\\E|$)/gs,
    (_, before: string, quoted: string) => before + quoted.replace(/[!-/:-@[-`{-~]/g, '\\$&')
  );
}

/** `i-s` switches i on and s off. U changes nothing of whether there is a match. */
function withFlags(before: Flags, letters: string): Flags {
  const [on = '', off = ''] = letters.split('-');
  const flag = (name: keyof Flags): boolean => (before[name] || on.includes(name)) && !off.includes(name);
  return { i: flag('i'), m: flag('m'), s: flag('s') };
}
