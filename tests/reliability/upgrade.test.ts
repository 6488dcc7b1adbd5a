import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import { openDuckDbStore } from '../../src/store/duckdb/open-duckdb-store';
import { migrate } from '../../src/store/duckdb/migrate';
import { defaultDerivation } from '../support/cdr-builders';
import { captureParts } from '../support/capture-parts';
import { figuresOf } from './figures';

const stores = path.join(__dirname, '../stores');
const versions = readdirSync(stores).filter((name) => name.endsWith('.duckdb.gz'));

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'upgrade-'));
  file = path.join(folder, 'store.duckdb');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const restore = (name: string) => writeFileSync(file, gunzipSync(readFileSync(path.join(stores, name))));
const digest = () => createHash('sha256').update(readFileSync(file)).digest('hex');

async function connected<T>(task: (connection: DuckDBConnection) => Promise<T>): Promise<T> {
  const instance = await DuckDBInstance.create(file);
  const connection = await instance.connect();
  try {
    return await task(connection);
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

/** The version of a store, and of every table the columns in their order with their types. */
async function schemaOf(connection: DuckDBConnection) {
  const rowsOf = async (sql: string) => (await connection.runAndReadAll(sql)).getRowObjectsJson();
  const tables: Record<string, unknown> = {};
  for (const { name } of await rowsOf('SHOW TABLES')) {
    tables[String(name)] = await rowsOf(`SELECT column_name, column_type FROM (DESCRIBE "${String(name)}")`);
  }
  const [version] = await rowsOf('SELECT max(version) AS version FROM schema_version');
  return { ...version, tables };
}

/** A connection whose nth statement fails. */
function failingAt(connection: DuckDBConnection, n: number): DuckDBConnection {
  let runs = 0;
  return new Proxy(connection, {
    get: (target, property) => {
      const value: unknown = Reflect.get(target, property);
      if (typeof value !== 'function') {
        return value;
      }
      return (...args: unknown[]): unknown => {
        if (property === 'run' && args[0] !== 'ROLLBACK' && ++runs === n) {
          return Promise.reject(new Error('the disk broke'));
        }
        return Reflect.apply(value, target, args);
      };
    },
  });
}

test.each(versions)(
  'the store %s opens, is brought to today, and its figures are those of the same calls now',
  async (name) => {
    restore(name);
    const old = await openDuckDbStore(file, defaultDerivation);
    await old.deriveAgain(() => undefined);
    const fresh = await openDuckDbStore(path.join(folder, 'fresh.duckdb'), defaultDerivation);
    await fresh.add(captureParts());
    expect(await old.counts()).toMatchObject({ records: 62, calls: 22 });
    expect(knownBefore(await figuresOf(old))).toEqual(knownBefore(await figuresOf(fresh)));
    // An import brings records that are stored. Events never come again, and those of before lack what is read of them now.
    const imported = captureParts().records.map((record) => ({ ...record, imported: true, queueEventsHeard: false }));
    expect(await old.add({ records: imported, events: [] })).toEqual([]);
    await old.close();
    await fresh.close();
    expect(await connected(schemaOf)).toEqual(await connectedTo('fresh.duckdb'));
  }
);

/** Events never come again: who ended the talks of those that are stored is not told. */
function knownBefore(answers: unknown[]): unknown {
  return JSON.parse(JSON.stringify(answers, (key, value: unknown) => (key === 'endedBy' ? undefined : value)));
}

function connectedTo(name: string) {
  file = path.join(folder, name);
  return connected(schemaOf);
}

test.each(versions)('a migration of %s that fails at any of its statements leaves the file as it was', async (name) => {
  restore(name);
  const before = digest();
  const schema = await connected(schemaOf);
  let failures = 0;
  for (let n = 1; ; n++) {
    const isDone = await connected((connection) =>
      migrate(failingAt(connection, n)).then(
        () => true,
        () => false
      )
    );
    if (isDone) {
      break;
    }
    failures++;
    expect(await connected(schemaOf)).toEqual(schema);
    expect(digest()).toBe(before);
  }
  // CREATE TABLE IF NOT EXISTS, BEGIN, a statement, the new version, COMMIT.
  expect(failures).toBeGreaterThanOrEqual(5);
  expect(await connected(schemaOf)).not.toEqual(schema);
});
