import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';

const root = path.join(__dirname, '../..');

/** What other programs said, which no language of ours has: each file with whose words they are. */
const others = [
  // What a database or Node says of a failed import.
  'src/import/explain-failure.ts',
  // Where it is made.
  'src/sentences/sentence.ts',
  // Errors of programs that are used: DuckDB, PostgreSQL, Node.
  'src/sentences/text-of-error.ts',
  // What valibot says of a value.
  'src/settings/describe-issues.ts',
  // What DuckDB or PostgreSQL says of a store.
  'src/store/store-problem.ts',
];

test('only what other programs said is shown in its own words; all else has an id', () => {
  const users = globSync('src/**/*.{ts,tsx}', { cwd: root })
    .filter((file) => !/\.test\.tsx?$/.test(file))
    .filter((file) => readFileSync(path.join(root, file), 'utf8').includes('verbatim('));
  expect(users.sort()).toEqual(others);
});
