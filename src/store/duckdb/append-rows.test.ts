import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import { Table } from '../sql/table';
import { largestInt, largestTime } from '../sql/whole';
import { appendRows } from './append-rows';

interface Kept {
  text: string | null;
  int: number | null;
  real: number | null;
  ms: number | null;
  bool: boolean | null;
  list: string[] | null;
  json: object | null;
}

const table = new Table<Kept>('kept', {
  text: 'text',
  int: 'int',
  real: 'real',
  ms: 'ms',
  bool: 'bool',
  list: 'list',
  json: 'json',
});
const nothing: Kept = { text: null, int: null, real: null, ms: null, bool: null, list: null, json: null };

let instance: DuckDBInstance;
let connection: DuckDBConnection;
beforeEach(async () => {
  instance = await DuckDBInstance.create(':memory:');
  connection = await instance.connect();
  await connection.run(
    'CREATE TABLE kept (text VARCHAR, int INTEGER, "real" DOUBLE, ms BIGINT, bool BOOLEAN, list VARCHAR[], json VARCHAR)'
  );
});
afterEach(() => {
  connection.closeSync();
  instance.closeSync();
});

/** What DuckDB has of rows that were appended. */
async function kept(rows: readonly Kept[]): Promise<Kept[]> {
  await appendRows(connection, table, rows);
  const found = await connection.runAndReadAll(`SELECT ${table.columnsOf('t')} FROM kept t ORDER BY t.rowid`);
  return found.getRowObjectsJS().map((row) => table.read(row));
}

describe('rows that are appended to a table of DuckDB', () => {
  it('are there as they were, with texts of any length and script', async () => {
    const texts = [
      '',
      'a',
      'twelve bytes',
      'thirteen byte',
      'Zoë',
      'Ελληνικά',
      '日本',
      '📞',
      'a\0b',
      '"quoted", \\ and \n',
      'x'.repeat(70_000),
    ];
    const rows = texts.map((text): Kept => ({
      ...nothing,
      text,
      list: [text, 'support', text],
      json: { [text]: text },
    }));
    expect(await kept(rows)).toEqual(rows);
  });

  it('are there as they were, with numbers and times of either sign and any size', async () => {
    const numbers = [0, 1, -1, largestInt, -largestInt];
    const times = [0, 1_795_132_800_123, -1, -(2 ** 32), 2 ** 32 - 1, largestTime, -largestTime];
    const rows = times.map((ms, index): Kept => ({ ...nothing, ms, int: numbers[index] ?? null, real: ms / 7 }));
    expect(await kept(rows)).toEqual(rows);
  });

  it('hold the nearest that a column can hold, and nothing where there is no number', async () => {
    const rows = [
      { ...nothing, int: 1e12, ms: 1e300 },
      { ...nothing, int: 1.5, ms: -Infinity },
      { ...nothing, int: NaN, real: NaN, ms: NaN },
    ];
    expect(await kept(rows)).toEqual([
      { ...nothing, int: largestInt, ms: largestTime },
      { ...nothing, int: 2, ms: -largestTime },
      nothing,
    ]);
  });

  it('are more than DuckDB takes at once, with and without values in turns', async () => {
    const rows = Array.from({ length: 5_000 }, (_, n): Kept =>
      n % 3 === 0
        ? nothing
        : {
            text: `call ${n}`,
            int: n,
            real: n / 2,
            ms: n * 1e9,
            bool: n % 2 === 0,
            list: Array.from({ length: n % 4 }, (_, of) => `queue ${of} of ${n}`),
            json: { n: String(n) },
          }
    );
    expect(await kept(rows)).toEqual(rows);
  });
});
