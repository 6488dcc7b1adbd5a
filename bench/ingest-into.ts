import type { CallParts } from '../src/cdr/call-parts';
import type { QueueEvent } from '../src/cdr/queue-event';
import type { CdrRecord } from '../src/cdr/record';
import { verbatim } from '../src/sentences/sentence';
import { StoreWriter } from '../src/server/ingest/store-writer';
import { CallCenter } from './call-center';
import { atSite } from './site-names';
import { Stopwatch } from './stopwatch';
import { openAt, type StorePlace } from './store-place';
import { afterYear } from './year';

export const recordsPerDay = 27_400;
const minute = 60_000;
/** Records and events of a write of a writer that is never idle: its 20,000, less what the last minute brings. */
export const batchSize = 19_000;

export interface Ingested {
  frames: number;
  records: number;
  events: number;
  /** Milliseconds, and those of the processor. */
  reading: Pick<Stopwatch, 'elapsed' | 'processor'>;
  storing: Pick<Stopwatch, 'elapsed' | 'processor'>;
  /** Bytes that the process held at most. */
  memory: number;
}

/** Stores a call center's records and events, until there are so many records, as the server part does. */
export async function run({ place, records: wanted }: { place: StorePlace; records: number }): Promise<Ingested> {
  const [reading, storing] = [new Stopwatch(), new Stopwatch()];
  const store = await openAt(place);
  const writer = new StoreWriter({
    open: async () => store,
    onOpened: () => undefined,
    onHolder: () => undefined,
    onFailed: () => undefined,
    onStored: () => undefined,
    onAllStored: () => undefined,
    onDropped: () => undefined,
    onSetAside: () => undefined,
    describe: (error) => [verbatim(String(error))],
    isFatal: () => false,
    isOfData: () => false,
  });
  await writer.open();
  const counts = { frames: 0, records: 0, events: 0 };
  for await (const { frames, parts } of batchesOf(wanted, reading)) {
    writer.add(parts);
    if (!(await storing.time(() => writer.flush()))) {
      throw new Error('The store took no records.');
    }
    counts.frames += frames;
    counts.records += parts.records.length;
    counts.events += parts.events.length;
  }
  const memory = process.resourceUsage().maxRSS * 1024;
  await writer.close();
  return { ...counts, reading, storing, memory };
}

interface Batch {
  frames: number;
  parts: CallParts;
}

/** What a call center's frames bring, as much at once as the buffer writes; `reading` is the time of decoding alone. */
export async function* batchesOf(wanted: number, reading = new Stopwatch()): AsyncGenerator<Batch> {
  let now = afterYear;
  const center = new CallCenter({ start: now, recordsPerDay });
  for (let done = 0; done < wanted;) {
    const records: CdrRecord[] = [];
    const events: QueueEvent[] = [];
    let count = 0;
    while (records.length + events.length < batchSize && done + records.length < wanted) {
      const frames = center.runUntil((now += minute));
      count += frames.length;
      for (const { site, parts } of await reading.time(() => center.read(frames))) {
        const named = atSite(site, parts);
        records.push(...named.records);
        events.push(...named.events);
      }
    }
    done += records.length;
    yield { frames: count, parts: { records, events } };
  }
}
