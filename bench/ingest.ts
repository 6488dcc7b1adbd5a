import path from 'node:path';
import type { CallParts } from '../src/cdr/call-parts';
import type { QueueEvent } from '../src/cdr/queue-event';
import type { CdrRecord } from '../src/cdr/record';
import { StoreWriter } from '../src/server/ingest/store-writer';
import { openDuckDbStore } from '../src/store/duckdb/open-duckdb-store';
import { defaultDerivation } from '../tests/support/cdr-builders';
import { bareAppender } from './bare-appender';
import { CallCentre } from './call-centre';
import { formatCount, formatMb, formatTimes, perSecond } from './format';
import { liveBatches } from './live-batches';
import type { BenchOptions, Result } from './row';
import { atSite } from './site-names';
import { Stopwatch } from './stopwatch';

const recordsPerDay = 27_400;
const minute = 60_000;
/** Records and events of a write of a writer that is never idle: its 20,000, less what the last minute brings. */
const batchSize = 19_000;
const target = 20_000;
/** Records of the history, of each that is taken in. */
const historyTimes = 5;
/** What the bare appender is given, in batches of the same size. */
const bareRecords = 50_000;

/** CDR a second that are stored for good, sustained, and what processor time and memory that takes. */
export async function run({ folder, records: wanted = 200_000 }: BenchOptions): Promise<Result> {
  const [reading, storing] = [new Stopwatch(), new Stopwatch()];
  const store = await openDuckDbStore(path.join(folder, 'ingest.duckdb'), defaultDerivation);
  const writer = new StoreWriter({
    open: async () => store,
    onOpened: () => undefined,
    onHolder: () => undefined,
    onFailed: () => undefined,
    onStored: () => undefined,
    onDropped: () => undefined,
    onSetAside: () => undefined,
    describe: String,
    isFatal: () => false,
    isOfData: () => false,
  });
  await writer.open();
  const counts = { frames: 0, records: 0, events: 0 };
  const kept: CdrRecord[][] = [];
  for await (const { frames, parts } of batchesOf(wanted, reading)) {
    writer.add(parts);
    if (!(await storing.time(() => writer.flush()))) {
      throw new Error('The store took no records.');
    }
    counts.frames += frames;
    counts.records += parts.records.length;
    counts.events += parts.events.length;
    if (kept.flat().length < bareRecords) {
      kept.push([...parts.records]);
    }
  }
  const memory = process.resourceUsage().maxRSS * 1024;
  await writer.close();
  const { records, events, frames } = counts;
  const bare = await bareAppender(path.join(folder, 'bare.duckdb'), kept);
  const barePerMs = kept.flat().length / bare;
  const perThousand = (ms: number): string => `${(ms / records).toFixed(3)} s`;
  return {
    rows: [
      {
        what: `ingest ${formatCount(records)} CDR with ${formatCount(events)} queue events, durable`,
        ours: perSecond(records, storing.elapsed),
        comparedWith: `DuckDB's appender, records as text only: ${perSecond(barePerMs, 1)}`,
        ratio: formatTimes(records / storing.elapsed / barePerMs),
        target: `${formatCount(target)}/s`,
        isMet: (records * 1000) / storing.elapsed >= target,
      },
      {
        what: `the same with the decoding of ${Math.round(frames / records)} frames a CDR`,
        ours: perSecond(records, reading.elapsed + storing.elapsed),
      },
      {
        what: 'processor time of 1,000 CDR: storing, decoding',
        ours: `${perThousand(storing.processor)}, ${perThousand(reading.processor)}`,
      },
      { what: 'memory of that process at most', ours: formatMb(memory) },
      await liveBatches(folder, wanted * historyTimes, recordsPerDay),
    ],
  };
}

interface Batch {
  frames: number;
  parts: CallParts;
}

/** What a call centre's frames bring, as much at once as the buffer writes; `reading` is the time of decoding alone. */
async function* batchesOf(wanted: number, reading: Stopwatch): AsyncGenerator<Batch> {
  let now = Date.UTC(2026, 10, 16);
  const centre = new CallCentre({ start: now, recordsPerDay });
  for (let done = 0; done < wanted;) {
    const records: CdrRecord[] = [];
    const events: QueueEvent[] = [];
    let count = 0;
    while (records.length + events.length < batchSize && done + records.length < wanted) {
      const frames = centre.runUntil((now += minute));
      count += frames.length;
      for (const { site, parts } of await reading.time(() => centre.read(frames))) {
        const named = atSite(site, parts);
        records.push(...named.records);
        events.push(...named.events);
      }
    }
    done += records.length;
    yield { frames: count, parts: { records, events } };
  }
}
