import { chmod, rm } from 'node:fs/promises';
import path from 'node:path';
import { agreement } from './agreement';
import { apart } from './apart';
import type { AskedStore } from './ask-store';
import { bareScan } from './bare-scan';
import { formatCount, formatMb, formatMs, formatTimes } from './format';
import { MariadbCdr } from './mariadb-cdr';
import { questions, type Question } from './questions';
import type { BenchOptions, Result, Row } from './row';
import { yearStore } from './year-store';

interface Asked {
  store: AskedStore;
  bare: number[];
  mariadb: Awaited<ReturnType<MariadbCdr['ask']>> | null;
}

/** The questions that people ask of a year of calls: by the store, by MariaDB and by DuckDB alone, in three sizes. */
export async function run({ folder, records = 10_000_000 }: BenchOptions): Promise<Result> {
  const notes: string[] = [];
  const database = await MariadbCdr.start().catch((error: unknown) => {
    notes.push(`MariaDB is left out: ${String(error)}`);
    return null;
  });
  try {
    const asked: Asked[] = [];
    for (const size of [records / 100, records / 10, records]) {
      asked.push(await askAll(folder, Math.round(size), database));
    }
    const last = asked.at(-1)!;
    return {
      rows: [...questions.flatMap((question, index) => rowsOf(question, index, asked)), memoryRow(last)],
      notes: [...notes, ...agreements(last)],
    };
  } finally {
    await database?.stop();
  }
}

async function askAll(folder: string, size: number, database: MariadbCdr | null): Promise<Asked> {
  const file = await yearStore(folder, size);
  const store = await apart<AskedStore>('ask-store', { file });
  const bare = await bareScan(file);
  if (database) {
    const csv = path.join(folder, 'cdr.csv');
    // MariaDB's own user reads it.
    await chmod(folder, 0o755);
    await apart('write-cdr-csv', { file, csv });
    await database.load(csv);
    await rm(csv);
  }
  return { store, bare, mariadb: database && (await database.ask()) };
}

function rowsOf({ title, target, timesMariadb = 0 }: Question, index: number, asked: readonly Asked[]): Row[] {
  const ours = asked.map(({ store }) => store.answers[index]!.ms);
  const theirs = asked.map(({ mariadb }) => mariadb?.[index]!.ms);
  const [last, mariadb, bare] = [ours.at(-1)!, theirs.at(-1), asked.at(-1)!.bare[index]!];
  const smaller = asked.slice(0, -1);
  const isFaster = mariadb === undefined ? undefined : mariadb / last >= timesMariadb;
  const list = (times: ReadonlyArray<number | undefined>): string =>
    times.flatMap((ms) => (ms === undefined ? [] : formatMs(ms))).join(', ');
  return [
    {
      what: `${title}, of ${formatCount(asked.at(-1)!.store.records)} records`,
      ours: formatMs(last),
      comparedWith: mariadb === undefined ? 'MariaDB left out' : `MariaDB ${formatMs(mariadb)}`,
      ratio: mariadb === undefined ? undefined : formatTimes(mariadb / last),
      target: `under ${target} ms${timesMariadb > 0 ? `, ${timesMariadb} × MariaDB` : ''}`,
      isMet: last >= target ? false : timesMariadb > 0 ? isFaster : true,
    },
    {
      what: '– against DuckDB alone',
      ours: formatMs(last),
      comparedWith: `bare scan ${formatMs(bare)}`,
      ratio: formatTimes(bare / last),
    },
    {
      what: `– of ${smaller.map(({ store }) => formatCount(store.records)).join(', ')}`,
      ours: list(ours.slice(0, -1)),
      comparedWith: mariadb === undefined ? undefined : `MariaDB ${list(theirs.slice(0, -1))}`,
    },
  ];
}

function memoryRow({ store: { records, memory } }: Asked): Row {
  return {
    what: `memory of the process that answered, of ${formatCount(records)} records`,
    ours: `${formatMb(memory.after)}, at most ${formatMb(memory.most)}`,
    comparedWith: 'memory_limit of DuckDB 512 MB',
  };
}

/** Whether the answers that were timed are the same. */
function agreements({ store, mariadb }: Asked): string[] {
  return mariadb === null
    ? []
    : questions.map(({ title, key, figures }, index) =>
        agreement(title, store.answers[index]!.figures, mariadb[index]!.figures, key, figures)
      );
}
