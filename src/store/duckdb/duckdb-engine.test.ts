import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { defaultDerivation } from '../../../tests/support/cdr-builders';
import { openDuckDbStore } from './open-duckdb-store';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'store-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

it('a store refuses a file of a newer version', async () => {
  const file = path.join(folder, 'test.duckdb');
  await (await openDuckDbStore(file, defaultDerivation)).close();
  const instance = await DuckDBInstance.create(file);
  const connection = await instance.connect();
  await connection.run('INSERT INTO schema_version VALUES (999)');
  connection.closeSync();
  instance.closeSync();
  await expect(openDuckDbStore(file, defaultDerivation)).rejects.toThrow('The store has schema version 999');
});
