import path from 'node:path';
import type { PoolConfig } from 'pg';
import type { CallParts } from '../src/cdr/call-parts';
import { joined } from '../src/store/parts';
import { CallCenter } from './call-center';
import { formatCount, formatMs, formatTimes } from './format';
import { loadPostgres } from './load-postgres';
import { millisecondsOf, quantile } from './median';
import type { Row } from './row';
import { atSite } from './site-names';
import { openAt, type StorePlace } from './store-place';
import { afterYear } from './year';
import { copyOfYear, yearStore } from './year-store';

const minute = 60_000;
const count = 240;
/** A batch that reads the history takes many times as long. */
const most = 3;

/** What storing a minute of calls takes after a year of so many records, and in a store that begins. */
export async function liveBatches(
  folder: string,
  history: number,
  recordsPerDay: number,
  address?: PoolConfig
): Promise<Row> {
  const places = address ? await inSchemas(folder, history, address) : await inFiles(folder, history);
  const stores = await Promise.all(places.map(openAt));
  const times: number[][] = stores.map(() => []);
  const center = new CallCenter({ start: afterYear, recordsPerDay });
  for (let n = 1; n <= count; n++) {
    const parts = batchUntil(center, afterYear + n * minute);
    // In turns, so that whatever else the machine does is in both.
    for (const [index, store] of stores.entries()) {
      times[index]!.push(await millisecondsOf(() => store.add(parts)));
    }
  }
  await Promise.all(stores.map((store) => store.close()));
  const [after, alone] = times.map((some) => quantile(some, 0.5)) as [number, number];
  return {
    what: `${address ? 'in PostgreSQL, ' : ''}store a minute of calls, median of ${count}, after ${formatCount(history)} CDR`,
    ours: formatMs(after),
    comparedWith: `in a new store ${formatMs(alone)}`,
    ratio: formatTimes(alone / after),
    target: `at most ${most} × a new store`,
    isMet: after <= most * alone,
  };
}

async function inFiles(folder: string, history: number): Promise<StorePlace[]> {
  return [{ file: await copyOfYear(folder, history, 'minutes') }, { file: path.join(folder, 'new.duckdb') }];
}

async function inSchemas(folder: string, history: number, address: PoolConfig): Promise<StorePlace[]> {
  return [await loadPostgres(address, folder, await yearStore(folder, history)), { address, schema: 'new' }];
}

function batchUntil(center: CallCenter, time: number): CallParts {
  return joined(center.read(center.runUntil(time)).map(({ site, parts }) => atSite(site, parts)));
}
