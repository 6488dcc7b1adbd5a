import { DuckDBInstance } from '@duckdb/node-api';
import { openDuckDbStore } from '../src/store/duckdb/open-duckdb-store';
import type { Store } from '../src/store/store';
import { defaultDerivation } from '../tests/support/cdr-builders';
import { CallCenter } from './call-center';
import { SitePresence } from './presence';
import { dropUnfinished, repeatInTime } from './repeat-in-time';
import { atSite } from './site-names';
import { day, year } from './year';

const minute = 60_000;
/** Minutes whose records are stored at once. */
const step = 120;
const copies = 73;
const span = (year.to - year.from) / copies;

/** A store with a year of calls: its first five days through ingest, the others as copies of them, made by DuckDB itself. */
export async function run({ file, records }: { file: string; records: number }): Promise<void> {
  const store = await openDuckDbStore(file, defaultDerivation);
  // Else the server part takes what is stored for derived by other rules.
  await store.deriveAgain(() => undefined);
  await ingestFirstDays(store, (records * day) / (year.to - year.from));
  await store.close();
  const instance = await DuckDBInstance.create(file);
  const connection = await instance.connect();
  await dropUnfinished(connection);
  await repeatInTime(connection, copies, span);
  connection.closeSync();
  instance.closeSync();
}

async function ingestFirstDays(store: Store, recordsPerDay: number): Promise<void> {
  const center = new CallCenter({ start: year.from, recordsPerDay });
  const presence = new SitePresence();
  for (let now = year.from; now < year.from + span; now += step * minute) {
    const told = Array.from({ length: step }, (_, index) => {
      const until = now + (index + 1) * minute;
      const events = center.read(center.runUntil(until));
      events.forEach((event) => presence.take(event));
      return { stretches: presence.endedBy(until), parts: events.map(({ site, parts }) => atSite(site, parts)) };
    });
    const parts = told.flatMap((one) => one.parts);
    await store.add({ records: parts.flatMap((one) => one.records), events: parts.flatMap((one) => one.events) });
    await store.addStretches(told.flatMap(({ stretches }) => stretches));
  }
}
