import { captured, type Columns, type Fields } from './cdr-rows';
import { reader, type TestDatabase } from './databases';

const { cdrs } = captured('pbx-east');

export async function createTable(database: TestDatabase, name: string, columns: Columns): Promise<void> {
  const quote = database.type === 'mysql' ? '`' : '"';
  const types = Object.entries(columns).map(([column, { sql }]) => `${quote}${column}${quote} ${sql} NULL`);
  await database.run(`DROP TABLE IF EXISTS ${name}`);
  await database.run(`CREATE TABLE ${name} (${types.join(', ')})`);
  await database.run(`GRANT SELECT ON ${name} TO ${reader.user}`);
}

export async function insert(
  database: TestDatabase,
  name: string,
  columns: Columns,
  rows: readonly Fields[]
): Promise<void> {
  const places = Object.keys(columns).map((_, index) => (database.type === 'mysql' ? '?' : `$${index + 1}`));
  for (const row of rows) {
    await database.run(
      `INSERT INTO ${name} VALUES (${places.join(', ')})`,
      Object.values(columns).map(({ value }) => value(row))
    );
  }
}

/** Many rows, of one statement a thousand. MariaDB only. */
export async function insertMany(
  database: TestDatabase,
  name: string,
  columns: Columns,
  rows: readonly Fields[]
): Promise<void> {
  for (let from = 0; from < rows.length; from += 1000) {
    const values = rows.slice(from, from + 1000).map((row) => Object.values(columns).map(({ value }) => value(row)));
    await database.run(`INSERT INTO ${name} VALUES ?`, [values]);
  }
}

export async function withTable(
  database: TestDatabase,
  columns: Columns,
  rows: readonly Fields[] = cdrs
): Promise<void> {
  await createTable(database, 'cdr', columns);
  await insert(database, 'cdr', columns, rows);
}

/** A row as it would be after a call at `start`, epoch milliseconds. */
export function callAt(start: number, n: number): Fields {
  const wallOf = (time: number) => new Date(time).toISOString().slice(0, 19).replace('T', ' ');
  const uniqueId = `${Math.floor(start / 1000)}.${n}`;
  return {
    ...cdrs[0]!,
    StartTime: wallOf(start),
    AnswerTime: '',
    EndTime: wallOf(start + 10_000),
    Duration: '10',
    UniqueID: uniqueId,
    LinkedID: uniqueId,
    Channel: `PJSIP/trunk-${n}`,
  };
}
