const asterisk = Buffer.from('Asterisk Call Manager/');
/** Longer than any greeting. */
const longest = 128;

/** Beginnings by which others are known, and what they are. */
const others: ReadonlyArray<readonly [RegExp, string]> = [
  [/^SSH-/, 'an SSH server'],
  [/^HTTP\//, 'a web server'],
  [/^2\d\d[ -]/, 'a mail or FTP server'],
  [/^.{4}\n|mysql|MariaDB/i, 'a database'],
];

/** `rest` is what follows the greeting; `wrong` says in words what answers instead of Asterisk, and repeats none of it. */
export type Greeting = { rest: Buffer } | { wrong: string } | null;

/** Reads the greeting (`Asterisk Call Manager/9.0.0`) from the first bytes of a connection; null while more must come. */
export function readGreeting(bytes: Buffer): Greeting {
  const start = bytes.subarray(0, asterisk.length);
  if (!start.equals(asterisk.subarray(0, start.length))) {
    const text = bytes.toString('latin1', 0, longest);
    return { wrong: others.find(([pattern]) => pattern.test(text))?.[1] ?? 'something that is not Asterisk' };
  }
  const end = bytes.indexOf('\r\n');
  if (end >= 0) {
    return { rest: bytes.subarray(end + 2) };
  }
  return bytes.length > longest ? { wrong: 'something that is not Asterisk' } : null;
}
