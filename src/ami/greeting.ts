import { sentence, type Sentence } from '../sentences/sentence';

const asterisk = Buffer.from('Asterisk Call Manager/');
const other = sentence('connection.found.other');
/** Longer than any greeting. */
const longest = 128;

/** Beginnings by which others are known, and what they are. */
const others: ReadonlyArray<readonly [RegExp, Sentence]> = [
  [/^SSH-/, sentence('connection.found.ssh')],
  [/^HTTP\//, sentence('connection.found.web')],
  [/^2\d\d[ -]/, sentence('connection.found.mail')],
  [/^.{4}\n|mysql|MariaDB/i, sentence('connection.found.database')],
];

/** `rest` is what follows the greeting; `wrong` says what answers instead of Asterisk, and repeats none of it. */
export type Greeting = { rest: Buffer } | { wrong: Sentence } | null;

/** Reads the greeting (`Asterisk Call Manager/9.0.0`) from the first bytes of a connection; null while more must come. */
export function readGreeting(bytes: Buffer): Greeting {
  const start = bytes.subarray(0, asterisk.length);
  if (!start.equals(asterisk.subarray(0, start.length))) {
    const text = bytes.toString('latin1', 0, longest);
    return { wrong: others.find(([pattern]) => pattern.test(text))?.[1] ?? other };
  }
  const end = bytes.indexOf('\r\n');
  if (end >= 0) {
    return { rest: bytes.subarray(end + 2) };
  }
  return bytes.length > longest ? { wrong: other } : null;
}
