import { access, readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import * as v from 'valibot';
import { derivationOf } from '../cdr/derivation';
import { english } from '../sentences/english';
import { parseSettings } from '../settings/settings';
import { DuckDbEngine } from '../store/duckdb/duckdb-engine';
import { storeFile } from '../store/duckdb/open-store';
import { compareDays, type DayDifference } from '../store/move/compare-days';
import { moveStore } from '../store/move/move-store';
import { openCallStore } from '../store/open-call-store';
import { connectPostgres, type StoreSecrets } from '../store/postgres/connect-postgres';
import { PostgresEngine } from '../store/postgres/postgres-engine';
import { placeText, withSchema } from '../store/postgres/store-place';
import { keyOf } from './sources/known-instances';

const usage = `Usage: move-store --settings FILE [--file FILE] [--back]

Moves the stored calls of a data source from its DuckDB file into PostgreSQL, or back.

  --settings FILE  the data source as Grafana's API gives it (/api/datasources/uid/<uid>), whose storage is PostgreSQL
  --file FILE      the DuckDB file, where it isn't that of the data source in the plugin's data folder
  --back           from PostgreSQL into the file

Secrets are read from the environment: STORE_PASSWORD, STORE_CA_CERT, STORE_CLIENT_CERT, STORE_CLIENT_KEY (PEM).`;

const dataSource = v.object({ orgId: v.number(), uid: v.string(), jsonData: v.record(v.string(), v.unknown()) });

/** How many figures that differ are shown. */
const shownDifferences = 20;
/** How often the progress is shown, milliseconds. */
const progressMs = 2_000;

/**
 * The command `move-store` of the server part, which people start by hand; gives its exit code.
 *
 * @param folder where the plugin keeps DuckDB files
 * @param print shows a line
 */
export async function moveCommand(
  args: string[],
  folder: string,
  env: Readonly<Record<string, string | undefined>>,
  print: (line: string) => void
): Promise<number> {
  const { values } = parseArgs({
    args,
    options: { settings: { type: 'string' }, file: { type: 'string' }, back: { type: 'boolean', default: false } },
  });
  if (!values.settings) {
    print(usage);
    return 2;
  }
  const { orgId, uid, jsonData } = v.parse(dataSource, JSON.parse(await readFile(values.settings, 'utf8')));
  const key = keyOf(orgId, uid);
  const settings = parseSettings({ ...jsonData, store: { ...(jsonData.store as object), type: 'postgres' } });
  const store = withSchema(settings.store, key);
  const file = values.file ?? storeFile(folder, key);
  const postgres = english([placeText(store)]);
  const openFile = () => DuckDbEngine.open(file, print);
  const openPostgres = () =>
    PostgresEngine.open(connectPostgres(store, secretsOf(env), print), { ...store, onNotice: print });
  const [from, to] = values.back ? [postgres, file] : [file, postgres];
  const [openSource, openTarget] = values.back ? [openPostgres, openFile] : [openFile, openPostgres];
  print(`From ${from}\nto ${to}`);
  if (!values.back) {
    await access(file);
  }
  const derivation = derivationOf(settings);
  const source = await openSource();
  try {
    const target = openCallStore(await openTarget(), derivation, { recentCalls: 0 });
    try {
      target.setAside.subscribe(({ parts: { records, events }, reason, detail }) =>
        print(`${records.length} records and ${events.length} events are not moved (${reason}): ${detail}`)
      );
      const isComparable = await moveStore({
        source,
        target,
        derivation,
        name: from,
        onProgress: everySoOften(print),
      });
      return report(await compareDays(source.questions, target, isComparable ? undefined : ['records']), print);
    } finally {
      await target.close();
    }
  } finally {
    await source.close();
  }
}

function secretsOf(env: Readonly<Record<string, string | undefined>>): StoreSecrets {
  return {
    storePassword: env.STORE_PASSWORD,
    storeCACert: env.STORE_CA_CERT,
    storeClientCert: env.STORE_CLIENT_CERT,
    storeClientKey: env.STORE_CLIENT_KEY,
  };
}

function everySoOften(print: (line: string) => void): (done: number, total: number) => void {
  let shown = -Infinity;
  return (done, total) => {
    const now = performance.now();
    if (now - shown >= progressMs || done === total) {
      shown = now;
      print(`${done} of ${total} calls`);
    }
  };
}

/** Days on which the target has more calls have some of its own: they can't be compared. */
function report(differences: readonly DayDifference[], print: (line: string) => void): number {
  const dayOf = ({ day, server }: DayDifference): string => `${day}|${server}`;
  const isMore = ({ measure, source, target }: DayDifference): boolean => measure === 'records' && target > source;
  const withMore = new Set(differences.filter(isMore).map(dayOf));
  const wrong = differences.filter((difference) => !withMore.has(dayOf(difference)));
  wrong.slice(0, shownDifferences).forEach(({ day, server, measure, source, target }) => {
    print(`${new Date(day).toISOString().slice(0, 10)} ${server}: ${measure} ${source} there, ${target} here`);
  });
  if (withMore.size > 0) {
    print(`${withMore.size} days have more records here than there, and are not compared.`);
  }
  print(
    wrong.length === 0
      ? 'All is moved: the figures of each day are the same.'
      : `${wrong.length} figures differ. Run the command again; where they still differ, keep the store that you moved from.`
  );
  return wrong.length === 0 ? 0 : 1;
}
