import path from 'node:path';
import type { CdrRecord } from '../src/cdr/record';
import { apart } from './apart';
import { bareAppender } from './bare-appender';
import { bareCopy } from './bare-copy';
import { startBenchPostgres, type BenchPostgres } from './bench-postgres';
import { formatCount, formatMb, formatTimes, perSecond } from './format';
import { batchesOf, batchSize, recordsPerDay, type Ingested } from './ingest-into';
import { liveBatches } from './live-batches';
import { orLeftOut } from './or-left-out';
import type { BenchOptions, Result, Row } from './row';
import type { StorePlace } from './store-place';
import { copyOfYear } from './year-store';

const targets = { duckdb: 20_000, postgres: 5_000 };
/** Records of the year before, of each that is taken in: PostgreSQL loads them for a long time. */
const historyTimes = { duckdb: 50, postgres: 5 };
/** What the bare appender is given, in batches of the same size. */
const bareRecords = 50_000;

/** CDR a second that are stored for good, sustained, and what processor time and memory that takes. */
export async function run({ folder, records = 200_000 }: BenchOptions): Promise<Result> {
  const notes: string[] = [];
  const ingest = (place: StorePlace): Promise<Ingested> => apart('ingest-into', { place, records });
  const file = path.join(folder, 'ingest.duckdb');
  const ours = await ingest({ file });
  const barePerMs = await bareRate(folder);
  const commits = Math.ceil((ours.records + ours.events) / batchSize);
  const copyPerMs = ours.records / (await bareCopy(file, path.join(folder, 'copy.duckdb'), commits));
  const rows = [
    ...rowsOf('', targets.duckdb, ours, {
      comparedWith: `DuckDB's appender, records as text only: ${perSecond(barePerMs, 1)}`,
      ratio: formatTimes(rateOf(ours) / 1000 / barePerMs),
    }),
    {
      what: 'the same rows, copied by DuckDB itself in as many commits',
      ours: perSecond(rateOf(ours), 1_000),
      comparedWith: perSecond(copyPerMs, 1),
      ratio: formatTimes(rateOf(ours) / 1000 / copyPerMs),
    },
    await afterHistory(folder, records, ours, ingest),
    await liveBatches(folder, records * historyTimes.duckdb, recordsPerDay),
  ];
  const server = await orLeftOut('PostgreSQL', startBenchPostgres, notes);
  try {
    return { rows: [...rows, ...(server ? await inPostgres(server, folder, records, ingest, ours) : [])], notes };
  } finally {
    await server?.stop();
  }
}

/** The same in a store that has a year of calls. */
async function afterHistory(
  folder: string,
  records: number,
  inNew: Ingested,
  ingest: (place: StorePlace) => Promise<Ingested>
): Promise<Row> {
  const history = records * historyTimes.duckdb;
  const stored = await ingest({ file: await copyOfYear(folder, history, 'history') });
  return {
    what: `ingest ${formatCount(stored.records)} CDR after ${formatCount(history)}`,
    ours: perSecond(rateOf(stored), 1_000),
    comparedWith: `in a new store ${perSecond(rateOf(inNew), 1_000)}`,
    ratio: formatTimes(rateOf(stored) / rateOf(inNew)),
    target: `${formatCount(targets.duckdb)}/s`,
    isMet: rateOf(stored) >= targets.duckdb,
  };
}

async function inPostgres(
  server: BenchPostgres,
  folder: string,
  records: number,
  ingest: (place: StorePlace) => Promise<Ingested>,
  inDuckDb: Ingested
): Promise<Row[]> {
  const { address } = server;
  const stored = await ingest({ address, schema: 'ingest' });
  return [
    ...rowsOf('in PostgreSQL, ', targets.postgres, stored, {
      comparedWith: `in DuckDB ${perSecond(rateOf(inDuckDb), 1_000)}`,
      ratio: formatTimes(rateOf(stored) / rateOf(inDuckDb)),
    }),
    await liveBatches(folder, records * historyTimes.postgres, recordsPerDay, address),
  ];
}

const rateOf = ({ records, storing }: Ingested): number => (records * 1000) / storing.elapsed;

function rowsOf(
  where: string,
  target: number,
  ingested: Ingested,
  compared: Pick<Row, 'comparedWith' | 'ratio'>
): Row[] {
  const { records, events, frames, reading, storing, memory } = ingested;
  const perThousand = (ms: number): string => `${(ms / records).toFixed(3)} s`;
  return [
    {
      what: `${where}ingest ${formatCount(records)} CDR with ${formatCount(events)} queue events, durable`,
      ours: perSecond(records, storing.elapsed),
      ...compared,
      target: `${formatCount(target)}/s`,
      isMet: rateOf(ingested) >= target,
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
  ];
}

/** Records a millisecond that DuckDB's appender takes in alone. */
async function bareRate(folder: string): Promise<number> {
  const kept: CdrRecord[][] = [];
  let count = 0;
  for await (const { parts } of batchesOf(bareRecords)) {
    kept.push([...parts.records]);
    count += parts.records.length;
  }
  return count / (await bareAppender(path.join(folder, 'bare.duckdb'), kept));
}
