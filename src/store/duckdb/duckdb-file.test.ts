import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openHandles } from '../../../tests/support/open-handles';
import { StoreClosedError } from '../store-closed-error';
import { itWhere } from '../../../tests/support/describe-where';
import { posix } from '../../../tools/test/needs';
import { DuckDbFile } from './duckdb-file';
import { rowsOf } from './readers';

/** More rows than any machine counts within the limits here. */
const endless = 'SELECT count(*) FROM range(1000000000) a, range(1000000) b WHERE hash(a.range + b.range) = 7';

let folder: string;
let name: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'file-'));
  name = path.join(folder, 'test.duckdb');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const failure = (question: Promise<unknown>): Promise<unknown> =>
  question.then(
    () => 'answered',
    (error: unknown) => error
  );

describe('a file', () => {
  it('is closed while questions run, which end with an error, and can be opened again', async () => {
    const file = await DuckDbFile.open(name);
    const connections = [await file.connect(), await file.connect(), await file.connect()];
    const asked = connections.map((connection) => failure(connection.runAndReadAll(endless)));
    await sleep(50);
    await file.close();
    expect(await Promise.all(asked)).toEqual(connections.map(() => expect.any(StoreClosedError)));
    expect(openHandles(name)).toBe(0);
    await expect(connections[0]!.run('SELECT 1')).rejects.toThrow(StoreClosedError);
    await expect(file.connect()).rejects.toThrow(StoreClosedError);
    await (await DuckDbFile.open(name)).close();
  });

  it('is closed while a connection is made and its first question begins', async () => {
    const file = await DuckDbFile.open(name);
    const asked = failure(file.connect().then((connection) => connection.runAndReadAll(endless)));
    await file.close();
    expect(await asked).toBeInstanceOf(StoreClosedError);
    expect(openHandles(name)).toBe(0);
  });

  it('lets the write under way end before it is closed', async () => {
    const file = await DuckDbFile.open(name);
    const writer = await file.connect();
    const written = writer.run('CREATE TABLE t AS SELECT range AS n FROM range(1000000)');
    await file.close(writer, written);
    const again = await DuckDbFile.open(name);
    const found = await (await again.connect()).runAndReadAll('SELECT count(*) AS n FROM t');
    expect(found.getRowObjectsJS()).toEqual([{ n: 1_000_000n }]);
    await again.close();
  });

  itWhere(posix)(
    'is never open twice: who opens it again waits until it is closed, also where it has another name',
    async () => {
      const other = path.join(folder, 'other.duckdb');
      const first = await DuckDbFile.open(name);
      await symlink(name, other);
      const events: string[] = [];
      const second = DuckDbFile.open(other).then((file) => {
        events.push('opened');
        return file;
      });
      await sleep(200);
      expect(openHandles(name)).toBe(1);
      void first.close().then(() => events.push('closed'));
      await (await second).close();
      expect(events).toEqual(['closed', 'opened']);
      expect(openHandles(name)).toBe(0);
    }
  );

  it('can be opened after it could not be', async () => {
    await expect(DuckDbFile.open(path.join(folder, 'none', 'test.duckdb'))).rejects.toThrow('none');
    await expect(DuckDbFile.open(folder)).rejects.toThrow();
    await rm(folder, { recursive: true });
    folder = await mkdtemp(`${folder}-`);
    name = path.join(folder, 'test.duckdb');
    await (await DuckDbFile.open(name)).close();
  });
});

it('an interrupt does nothing to a connection that is closed', async () => {
  const file = await DuckDbFile.open(name);
  const connection = await file.connect();
  await file.close();
  connection.interrupt();
  await expect(rowsOf(connection, 'SELECT 1', [], undefined)).rejects.toThrow(StoreClosedError);
});
