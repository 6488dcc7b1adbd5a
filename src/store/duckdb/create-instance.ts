import { rm, stat } from 'node:fs/promises';
import { DuckDBInstance } from '@duckdb/node-api';
import { isDamagedLog, logOf, openWithoutDamage } from './damaged-log';
import { removeLeftovers } from './leftovers';
import { makePrivate } from './private-files';
import { checkSpareHandles } from './spare-handles';
import { isDamage } from './store-problem';

const options = {
  memory_limit: '512MB',
  threads: '2',
  // The log goes into the file each time it has this size, which holds up what is written: seldom, but a start reads it.
  checkpoint_threshold: '64MB',
  // What is freed goes back to the system while nothing is asked too.
  allocator_background_threads: 'true',
};

/** Bytes of the three headers with which DuckDB begins a file: a shorter one holds nothing. */
const headersLength = 3 * 4096;

export interface CreatedInstance {
  instance: DuckDBInstance;
  /** Where the log of the file is kept that was damaged; null where none was. */
  keptLog: string | null;
}

/**
 * Opens a database, or begins one, and makes good what a crash or a damaged log left.
 * @param file a path, or `:memory:`
 */
export async function createInstance(file: string): Promise<CreatedInstance> {
  const create = (): Promise<DuckDBInstance> => DuckDBInstance.create(file, options);
  if (file === ':memory:') {
    return { instance: await create(), keptLog: null };
  }
  checkSpareHandles();
  await Promise.all([file, logOf(file)].map(makePrivate));
  const created = await create().then(
    (instance): CreatedInstance => ({ instance, keptLog: null }),
    (error: unknown) => createAgain(file, error, create)
  );
  // Not before: another process may have had the file open.
  await removeLeftovers(file);
  return created;
}

async function createAgain(
  file: string,
  error: unknown,
  create: () => Promise<DuckDBInstance>
): Promise<CreatedInstance> {
  if (isDamagedLog(error)) {
    const { opened, keptLog } = await openWithoutDamage(file, error, create);
    return { instance: opened, keptLog };
  }
  // A full disk, or an end, while a file was begun leaves a part of its headers, which can never be opened.
  if (isDamage(String(error)) && (await lengthOf(file)) < headersLength && (await lengthOf(logOf(file))) === 0) {
    await rm(file);
    return { instance: await create(), keptLog: null };
  }
  throw error;
}

/** Of one that is not there, 0. */
async function lengthOf(file: string): Promise<number> {
  return stat(file).then(
    ({ size }) => size,
    () => 0
  );
}
