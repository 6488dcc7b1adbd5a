import { createHash } from 'node:crypto';
import { migrations as ofDuckDb } from '../../src/store/duckdb/migrations';
import { migrations as ofPostgres } from '../../src/store/postgres/migrations';

/**
 * What stores were made by is not changed any more: a store of before keeps what it was made by. A new entry gets its line
 * here, which the failing test shows.
 */
const frozen = {
  DuckDB: [
    '1cc9ae408e75',
    'ed7ee89aae95',
    '3ad8156c7c3b',
    '4a1e899781e0',
    '697e6ebc777d',
    'f602fe9b996a',
    'b60376923a79',
    '6665a0a8c7fd',
    '64af6a9f90b2',
    'a79aa37109dc',
    'b535659f6c4b',
    '26058b41af89',
    '26fc7d69e8ee',
    '26816b0bdc6d',
    'ef2517a518ad',
    '4ff6b565479d',
    '539981d866ae',
    'f7c14266bfb2',
    '6522d84174e1',
  ],
  PostgreSQL: [
    '623fffe37fc2',
    'e0b339cd94b2',
    '70b341bf3cfd',
    'a7f044357f62',
    'a46893e1bd21',
    '4e9dbc668468',
    '6dec73868336',
    '651783d9a40c',
    '637609454c2d',
    '3da988d033fa',
    '234c919f44e1',
    '668b37cce314',
    '5c41ffd28e44',
    '414d7ab5e167',
    'd641d1bc3d08',
    'b9cc6dca6689',
    '83b9cf7b32e0',
  ],
};

const hashesOf = (migrations: ReadonlyArray<readonly string[]>): string[] =>
  migrations.map((statements) => createHash('sha256').update(JSON.stringify(statements)).digest('hex').slice(0, 12));

test.each([
  ['DuckDB', ofDuckDb],
  ['PostgreSQL', ofPostgres],
] as const)('each migration of %s is as it was when it was new', (engine, migrations) => {
  expect(hashesOf(migrations)).toEqual(frozen[engine]);
});
