import fc from 'fast-check';
import { compilePattern } from '../../src/cdr/direction';
import { PatternError } from '../../src/cdr/pattern-error';
import { advancedPattern } from '../../src/store/postgres/advanced-pattern';
import { startPostgresServer, type PostgresServer } from '../support/postgres-server';

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgresServer();
});
afterAll(() => server.stop());

const letters = [...'aAkKſKsSzZ09_- .:+^$]}{é\nÉßẞςσΣǅµμ😀'];
const characters = fc.constantFrom(...letters);
const atoms = fc.oneof(
  { weight: 4, arbitrary: characters.map((letter) => letter.replace(/[\\.+*?()|[\]{}^$]/, '\\$&')) },
  fc.constantFrom(
    '.',
    '^',
    '$',
    '\\d',
    '\\D',
    '\\w',
    '\\W',
    '\\s',
    '\\S',
    '\\b',
    '\\B',
    '\\A',
    '\\z',
    '\\x{e9}',
    '\\x6B'
  ),
  fc.constantFrom('[a-k]', '[^a-k]', '[]a]', '[^]a]', '[\\w-]', '[^\\d\\W]', '[[:alpha:]_]', '[[:^space:]]', '[é-ü]'),
  fc.constantFrom('\\Qa.b\\E', '(?i:k)', '(?i:[^k])', '(?i:\\W)', '(?s:.)')
);
const repeats = fc.constantFrom('', '', '', '*', '+', '?', '*?', '+?', '??', '{2}', '{0,2}', '{1,}');
const { pattern } = fc.letrec<{ pattern: string; piece: string }>((tie) => ({
  piece: fc.oneof(
    { weight: 4, arbitrary: fc.tuple(atoms, repeats).map((some) => some.join('')) },
    fc.constantFrom('(?i)', '(?s)', '(?m)', '(?-i)', '(?U)'),
    fc.tuple(tie('pattern'), repeats).map(([inner, repeat]) => `(${inner})${repeat}`),
    fc.tuple(tie('pattern'), repeats).map(([inner, repeat]) => `(?P<name>${inner})${repeat}`)
  ),
  pattern: fc.oneof(
    { weight: 3, arbitrary: fc.array(tie('piece'), { maxLength: 4 }).map((some) => some.join('')) },
    fc.tuple(tie('pattern'), tie('pattern')).map((some) => some.join('|'))
  ),
}));
const texts = fc.array(
  fc.array(characters, { maxLength: 5 }).map((some) => some.join('')),
  {
    minLength: 1,
    maxLength: 12,
  }
);

function isPattern(text: string): boolean {
  try {
    compilePattern(text);
    return true;
  } catch {
    return false;
  }
}

test('PostgreSQL tells the same texts apart by a translated pattern as RE2 does by its own', async () => {
  await fc.assert(
    fc.asyncProperty(pattern.filter(isPattern), texts, async (re2, some) => {
      const compiled = compilePattern(re2);
      const rows = await server.run(
        'SELECT t COLLATE "C" ~ $1 AS found FROM unnest($2::text[]) WITH ORDINALITY AS u(t, n) ORDER BY n',
        [advancedPattern(re2), some]
      );
      expect(rows.map(({ found }) => found)).toEqual(some.map((text) => compiled.matcher(text).find()));
    }),
    { numRuns: 3_000 }
  );
});

test.each(['\\pL', '[\\p{Greek}]', 'a{256}', '\\C'])('the pattern %s is refused with a reason', (re2) => {
  expect(() => advancedPattern(re2)).toThrow(PatternError);
  expect(() => advancedPattern(re2)).toThrow(
    /^The pattern ".*" contains .*, which PostgreSQL can't match as RE2 does\./
  );
});
