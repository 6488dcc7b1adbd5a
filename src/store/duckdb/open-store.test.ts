import { copyFileSync, statSync } from 'node:fs';
import { chmod, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { cdrRecord, defaultDerivation } from '../../../tests/support/cdr-builders';
import { storeName } from '../store-name';
import { itWhere } from '../../../tests/support/describe-where';
import { posix } from '../../../tools/test/needs';
import { openStore } from './open-store';

let folder: string;
let notices: string[];
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'stores-'));
  notices = [];
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const open = (key: string) => openStore(folder, key, defaultDerivation, (notice) => notices.push(notice));
const fileOf = (key: string): string => path.join(folder, `${storeName(key)}.duckdb`);

/** Fills the store of a data source, and gives its file the name that it had up to version 0.1. */
async function formerStore(key: string, name: string): Promise<void> {
  const store = await open(key);
  await store.add({ records: [cdrRecord()], events: [] });
  await store.close();
  await rename(fileOf(key), path.join(folder, `${name}.duckdb`));
}

async function recordsOf(key: string): Promise<number> {
  const store = await open(key);
  try {
    return (await store.counts()).records;
  } finally {
    await store.close();
  }
}

describe('the store of a data source', () => {
  itWhere(posix)('is a file of its own in a folder, both for their owner only', async () => {
    await chmod(folder, 0o755);
    const stores = [await open('1-a_b'), await open('1-a b'), await open('1-A_b')];
    expect((await readdir(folder)).filter((name) => name.endsWith('.duckdb')).sort()).toEqual(
      ['1-a_b', '1-a b', '1-A_b'].map((key) => `${storeName(key)}.duckdb`).sort()
    );
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    await Promise.all(stores.map((store) => store.close()));
  });

  it('goes on under its new name where it had one of version 0.1', async () => {
    await formerStore('1-Sales desk', '1-Sales_desk');
    expect(await recordsOf('1-Sales desk')).toBe(1);
    expect(await recordsOf('1-Sales desk')).toBe(1);
    expect(await readdir(folder)).not.toContain('1-Sales_desk.duckdb');
    expect(notices).toEqual([`The store 1-Sales_desk.duckdb is called ${storeName('1-Sales desk')}.duckdb now`]);
  });

  it('goes on with what only the log of the former file holds', async () => {
    const former = path.join(folder, '1-cdr.duckdb');
    const store = await open('1-cdr');
    await store.add({ records: [cdrRecord()], events: [] });
    copyFileSync(fileOf('1-cdr'), former);
    copyFileSync(`${fileOf('1-cdr')}.wal`, `${former}.wal`);
    await store.close();
    await rm(fileOf('1-cdr'));
    expect(await recordsOf('1-cdr')).toBe(1);
  });

  it('begins anew, and says so, where another data source had the same name and has taken the file', async () => {
    await formerStore('1-a b', '1-a_b');
    expect(await recordsOf('1-a b')).toBe(1);
    notices.length = 0;
    expect(await recordsOf('1-a_b')).toBe(0);
    expect(notices).toEqual([expect.stringContaining(`the data source that now has ${storeName('1-a b')}.duckdb`)]);
    expect(await recordsOf('1-a b')).toBe(1);
  });
});
