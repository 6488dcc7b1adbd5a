import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { storeSuite } from '../../../tests/store-suite/store-suite';
import { defaultDerivation } from '../../../tests/support/cdr-builders';
import { DuckDbEngine } from './duckdb-engine';
import { openDuckDbStore } from './open-duckdb-store';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'store-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

storeSuite(({ name, derivation = defaultDerivation, ...options } = {}) => {
  const file = name === undefined ? ':memory:' : path.join(folder, `${name}.duckdb`);
  return openDuckDbStore(file, derivation, options);
}, DuckDbEngine.supports);
