import { execFile } from 'node:child_process';
import { chmodSync, copyFileSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { itWhere } from '../../../tests/support/describe-where';
import { posix } from '../../../tools/test/needs';
import { keptLogsOf } from './damaged-log';
import { DuckDbFile } from './duckdb-file';

let folder: string;
let file: string;
let log: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'instance-'));
  file = path.join(folder, 'test.duckdb');
  log = `${file}.wal`;
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Rows that are written one a transaction after the file was written, so that the log alone has them. */
const logged = 20;

/** A file and its log as a process that was killed leaves them. */
async function killed(): Promise<void> {
  const source = path.join(folder, 'source.duckdb');
  const opened = await DuckDbFile.open(source);
  const connection = await opened.connect();
  await connection.run('CREATE TABLE t (n INTEGER)');
  await connection.run('INSERT INTO t VALUES (0)');
  await connection.run('CHECKPOINT');
  for (let n = 1; n <= logged; n++) {
    await connection.run('INSERT INTO t VALUES ($1)', [n]);
  }
  copyFileSync(source, file);
  copyFileSync(`${source}.wal`, log);
  await opened.close();
  await rm(source);
}

async function rowsOf(opened: DuckDbFile): Promise<number> {
  const connection = await opened.connect();
  return (await connection.runAndReadAll('SELECT n FROM t')).getRowObjectsJS().length;
}

async function reopened<T>(look: (opened: DuckDbFile) => Promise<T>): Promise<T> {
  const opened = await DuckDbFile.open(file);
  try {
    return await look(opened);
  } finally {
    await opened.close();
  }
}

describe('a file whose log is damaged', () => {
  it('is opened with what stands before the damage, and the log is kept as it was', async () => {
    await killed();
    const whole = readFileSync(log);
    for (const place of [0.2, 0.5, 0.8]) {
      const damaged = Buffer.from(whole);
      damaged[Math.floor(whole.length * place)]! ^= 4;
      await killed();
      writeFileSync(log, damaged);
      const { rows, keptLog } = await reopened(async (opened) => ({
        rows: await rowsOf(opened),
        keptLog: opened.keptLog!,
      }));
      expect(rows).toBeGreaterThanOrEqual(Math.floor(logged * place) - 1);
      expect(rows).toBeLessThanOrEqual(Math.ceil(logged * place) + 2);
      expect(readFileSync(keptLog)).toEqual(damaged);
      expect(await reopened(rowsOf)).toBe(rows);
      await rm(keptLog);
      await rm(file);
    }
  });

  it('is opened without it where the log makes no sense at all', async () => {
    await killed();
    const other = readFileSync(log);
    // The log of another database.
    await rm(file);
    await (await DuckDbFile.open(path.join(folder, 'source.duckdb'))).close();
    copyFileSync(path.join(folder, 'source.duckdb'), file);
    writeFileSync(log, other);
    const kept = await reopened(async ({ keptLog }) => keptLog);
    expect(readFileSync(kept!)).toEqual(other);
  });

  it('has the logs of its last two damages kept, and no more', async () => {
    await killed();
    const damaged = readFileSync(log);
    damaged[Math.floor(damaged.length / 2)]! ^= 4;
    const kept: string[] = [];
    for (let n = 0; n < 4; n++) {
      await killed();
      writeFileSync(log, damaged);
      kept.push(path.basename((await reopened(async ({ keptLog }) => keptLog))!));
      await rm(file);
    }
    expect(await keptLogsOf(file)).toEqual(kept.slice(2));
    expect((await readdir(folder)).filter((name) => name.includes('damaged'))).toEqual(kept.slice(2));
  });

  it('is left alone, with its log, where it is damaged itself', async () => {
    await killed();
    const bytes = readFileSync(log);
    bytes[bytes.length / 2]! ^= 4;
    writeFileSync(log, bytes);
    writeFileSync(file, 'not a store, however long it may be '.repeat(1_000));
    await expect(DuckDbFile.open(file)).rejects.toThrow('not a valid DuckDB database file');
    expect(await readdir(folder)).toEqual(['test.duckdb', 'test.duckdb.wal']);
    expect(readFileSync(log)).toEqual(bytes);
  });
});

it('a file of which only a part of the headers was written is begun again', async () => {
  for (const length of [0, 100, 8_192]) {
    await (await DuckDbFile.open(file)).close();
    truncateSync(file, length);
    await (await DuckDbFile.open(file)).close();
  }
  expect(statSync(file).size).toBeGreaterThan(8_192);
});

describe('what is left of a process that was killed', () => {
  const leftover = (): string => path.join(`${file}.tmp`, 'duckdb_temp_storage_DEFAULT-0.tmp');

  it('is removed: temporary files, and their folder', async () => {
    await mkdir(`${file}.tmp`);
    writeFileSync(leftover(), 'x');
    await (await DuckDbFile.open(file)).close();
    expect(await readdir(folder)).toEqual(['test.duckdb']);
  });

  it('is removed without anything that is not ours', async () => {
    await mkdir(`${file}.tmp`);
    writeFileSync(leftover(), 'x');
    writeFileSync(path.join(`${file}.tmp`, 'notes.txt'), 'x');
    await (await DuckDbFile.open(file)).close();
    expect(await readdir(`${file}.tmp`)).toEqual(['notes.txt']);
  });
});

itWhere(posix)('a file and its log that others could read are for their owner only from then on', async () => {
  await killed();
  chmodSync(file, 0o644);
  chmodSync(log, 0o664);
  await reopened(async () => {
    expect([statSync(file).mode & 0o777, statSync(log).mode & 0o777]).toEqual([0o600, 0o600]);
  });
});

itWhere(posix)(
  'a file is refused, and the process goes on, where file handles are short; it opens once there are some',
  async () => {
    const script = path.join(__dirname, '../../../tests/support/open-without-handles.ts');
    const { stdout } = await promisify(execFile)('sh', [
      '-c',
      'ulimit -n 128 && exec "$0" --import tsx "$@"',
      process.execPath,
      script,
      file,
    ]);
    expect(JSON.parse(stdout)).toEqual({ refused: expect.stringContaining('EMFILE'), opened: true });
  },
  30_000
);
