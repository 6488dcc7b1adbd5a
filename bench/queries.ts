import { chmod, rm } from 'node:fs/promises';
import path from 'node:path';
import { agreement } from './agreement';
import { apart } from './apart';
import type { AskedStore } from './ask-store';
import { bareScan } from './bare-scan';
import { startBenchPostgres, type BenchPostgres } from './bench-postgres';
import { formatCount, formatMb, formatMs, formatTimes } from './format';
import { loadPostgres } from './load-postgres';
import { MariadbCdr } from './mariadb-cdr';
import { orLeftOut } from './or-left-out';
import { questions, type Question } from './questions';
import type { BenchOptions, Result, Row } from './row';
import { yearStore } from './year-store';

interface Asked {
  store: AskedStore;
  postgres: AskedStore | null;
  bare: number[];
  mariadb: Awaited<ReturnType<MariadbCdr['ask']>> | null;
}

/** The questions that people ask of a year of calls: by both stores, by MariaDB and by DuckDB alone, in three sizes. */
export async function run({ folder, records = 10_000_000 }: BenchOptions): Promise<Result> {
  const notes: string[] = [];
  const mariadb = await orLeftOut('MariaDB', () => MariadbCdr.start(), notes);
  const postgres = await orLeftOut('PostgreSQL', startBenchPostgres, notes);
  try {
    const asked: Asked[] = [];
    for (const size of [records / 100, records / 10, records]) {
      asked.push(await askAll(folder, Math.round(size), postgres, mariadb));
    }
    const last = asked.at(-1)!;
    return {
      rows: [...questions.flatMap((question, index) => rowsOf(question, index, asked)), ...memoryRows(last)],
      notes: [...notes, ...agreements(last)],
    };
  } finally {
    await mariadb?.stop();
    await postgres?.stop();
  }
}

async function askAll(
  folder: string,
  size: number,
  server: BenchPostgres | null,
  database: MariadbCdr | null
): Promise<Asked> {
  const file = await yearStore(folder, size);
  const store = await apart<AskedStore>('ask-store', { file });
  const bare = await bareScan(file);
  const postgres = server && (await apart<AskedStore>('ask-store', await loadPostgres(server.address, folder, file)));
  if (database) {
    const csv = path.join(folder, 'cdr.csv');
    // MariaDB's own user reads it.
    await chmod(folder, 0o755);
    await apart('write-cdr-csv', { file, csv });
    await database.load(csv);
    await rm(csv);
  }
  return { store, postgres, bare, mariadb: database && (await database.ask()) };
}

/** Times of one question, of the smallest year on; none where nothing was asked. */
type Times = Array<number | undefined>;

function rowsOf(question: Question, index: number, asked: readonly Asked[]): Row[] {
  const { title, target, postgresTarget = target } = question;
  const timesOf = (of: (one: Asked) => { ms: number } | undefined): Times => asked.map((one) => of(one)?.ms);
  const ours = timesOf(({ store }) => store.answers[index]);
  const inPostgres = timesOf(({ postgres }) => postgres?.answers[index]);
  const theirs = timesOf(({ mariadb }) => mariadb?.[index]);
  const bare = asked.at(-1)!.bare[index]!;
  const sizes = asked.map(({ store }) => formatCount(store.records));
  return [
    againstMariadb(`${title}, of ${sizes.at(-1)} records`, question, target, ours, theirs),
    {
      what: '– against DuckDB alone',
      ours: formatMs(ours.at(-1)!),
      comparedWith: `bare scan ${formatMs(bare)}`,
      ratio: formatTimes(bare / ours.at(-1)!),
    },
    ofSmaller(`– of ${sizes.slice(0, -1).join(', ')}`, ours, theirs),
    ...(inPostgres.at(-1) === undefined
      ? []
      : [
          againstMariadb(`– in PostgreSQL, of ${sizes.at(-1)}`, question, postgresTarget, inPostgres, theirs),
          ofSmaller(`– in PostgreSQL, of ${sizes.slice(0, -1).join(', ')}`, inPostgres, theirs),
        ]),
  ];
}

function againstMariadb(what: string, { timesMariadb = 0 }: Question, target: number, ours: Times, theirs: Times): Row {
  const [last, mariadb] = [ours.at(-1)!, theirs.at(-1)];
  const isFaster = mariadb === undefined ? undefined : mariadb / last >= timesMariadb;
  return {
    what,
    ours: formatMs(last),
    comparedWith: mariadb === undefined ? 'MariaDB left out' : `MariaDB ${formatMs(mariadb)}`,
    ratio: mariadb === undefined ? undefined : formatTimes(mariadb / last),
    target: `under ${target} ms${timesMariadb > 0 ? `, ${timesMariadb} × MariaDB` : ''}`,
    isMet: last >= target ? false : timesMariadb > 0 ? isFaster : true,
  };
}

/** What smaller years take, and how many times as long each takes as the one before. */
function ofSmaller(what: string, ours: Times, theirs: Times): Row {
  const list = (times: Times): string => times.flatMap((ms) => (ms === undefined ? [] : formatMs(ms))).join(', ');
  const growth = ours.slice(1).map((ms, index) => formatTimes(ms! / ours[index]!));
  return {
    what,
    ours: `${list(ours.slice(0, -1))}; each ten times as many takes ${growth.join(', ')}`,
    comparedWith: theirs.at(-1) === undefined ? undefined : `MariaDB ${list(theirs.slice(0, -1))}`,
  };
}

function memoryRows({ store, postgres }: Asked): Row[] {
  const rowOf = ({ records, memory }: AskedStore, where: string, comparedWith?: string): Row => ({
    what: `memory of the process that answered${where}, of ${formatCount(records)} records`,
    ours: `${formatMb(memory.after)}, at most ${formatMb(memory.most)}`,
    comparedWith,
  });
  return [
    rowOf(store, '', 'memory_limit of DuckDB 512 MB'),
    ...(postgres ? [rowOf(postgres, ' from PostgreSQL', 'without the server')] : []),
  ];
}

/** Whether the answers that were timed are the same. */
function agreements({ store, postgres, mariadb }: Asked): string[] {
  const compare = (where: string, answers: AskedStore['answers'] | undefined): string[] =>
    (answers ?? []).map(({ figures: theirs }, index) => {
      const { title, key, figures } = questions[index]!;
      return `${where}, ${agreement(title, store.answers[index]!.figures, theirs, key, figures)}`;
    });
  return [...compare('PostgreSQL', postgres?.answers), ...compare('MariaDB', mariadb ?? undefined)];
}
