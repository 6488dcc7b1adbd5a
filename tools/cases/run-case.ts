import { noDirectory } from '../../src/cdr/directory';
import { PbxClocks } from '../../src/cdr/pbx-clocks';
import { MemoryStore } from '../../src/browser-mode/memory-store';
import type { AnswerStore } from '../../src/answers/answer-store';
import { answerQuery, type AnswerSource } from '../../src/answers/answer-query';
import type { CallParts } from '../../src/cdr/call-parts';
import { derivationOf, type Derivation } from '../../src/cdr/derivation';
import { joinRecords } from '../../src/cdr/join-records';
import { parseQuery } from '../../src/query/parse-query';
import { parseSettings } from '../../src/settings/settings';
import { openDuckDbStore } from '../../src/store/duckdb/open-duckdb-store';
import type { Store } from '../../src/store/store';
import { answerRows } from '../replay/answer-rows';
import { readFrames } from '../replay/read-frames';
import { rowsAgree } from './compare-rows';
import { importHistory } from './import-history';
import { readCaseFile, type Case, type CaseRun, type Check } from './read-case';

/** One check on one kind of store. */
export interface CheckResult {
  /** The engine's name, or `reducer`. */
  store: string;
  /** From 1, of those of the case. */
  run: number;
  check: Check;
  found: Array<Record<string, unknown>>;
  passed: boolean;
}

/** Records and events that are stored at once, as batches come in a server part. */
const batchSize = 20;
const allTime = { from: 0, to: Date.UTC(2100, 0), intervalMs: 60_000 };

/** An engine that cases are run on. */
export interface CaseEngine {
  name: string;
  /** Opens an empty store. */
  open: (derivation: Derivation) => Promise<Store>;
}

const duckdb: CaseEngine = { name: 'DuckDB', open: (derivation) => openDuckDbStore(':memory:', derivation) };

/** Every check of a case on a store and on the pure reducer. */
export async function runCase({ folder, runs }: Case, engine = duckdb): Promise<CheckResult[]> {
  const results: CheckResult[] = [];
  for (const [index, run] of runs.entries()) {
    results.push(...(await resultsOf(folder, run, index + 1, engine)));
  }
  return results;
}

async function resultsOf(folder: string, run: CaseRun, number: number, engine: CaseEngine): Promise<CheckResult[]> {
  const settings = parseSettings(run.settings ?? {});
  const { serviceLevelThreshold, shortAbandonThreshold } = settings;
  const derivation = derivationOf(settings);
  const { frames } = run.input;
  const clocks = new PbxClocks(derivation);
  const history = await importHistory(folder, run, derivation.rules, clocks);
  const heard =
    frames === undefined ? [] : readFrames(await readCaseFile(folder, frames), derivation.rules, clocks).parts;
  const reducer = new MemoryStore(Number.MAX_SAFE_INTEGER, derivation.rules);
  const store = await engine.open(derivation);
  try {
    for (const parts of [...history, ...batches(heard)]) {
      await store.add(parts);
    }
    forReducer(history, heard).forEach((parts) => reducer.add(parts));
    const results: CheckResult[] = [];
    for (const check of run.checks) {
      for (const [name, asked] of [
        [engine.name, store],
        ['reducer', reducer],
      ] as const) {
        const found = await rowsOf(asked, check, { serviceLevelThreshold, shortAbandonThreshold, clocks });
        results.push({ store: name, run: number, check, found, passed: rowsAgree(found, check) });
      }
    }
    return results;
  } finally {
    await store.close();
  }
}

async function rowsOf(
  store: AnswerStore,
  { query }: Check,
  defaults: AnswerSource['defaults']
): Promise<Array<Record<string, unknown>>> {
  const source = {
    store,
    defaults,
    directory: noDirectory,
    boardNow: () => ({ queues: [], calls: [], now: 0 }),
    agentOf: (memberInterface: string) => memberInterface,
    serversNow: () => [],
    gaps: async () => [],
    differences: async () => [],
  };
  return answerRows(await answerQuery(source, parseQuery(query), allTime));
}

/** Records that the import and the wire tell of the same are joined before, as the store joins them over all calls. */
function forReducer(history: readonly CallParts[], heard: readonly CallParts[]): CallParts[] {
  const records = [...history, ...heard].flatMap((parts) => parts.records);
  return history.length === 0
    ? batches(heard)
    : [{ records: joinRecords([], records).records, events: heard.flatMap(({ events }) => events) }];
}

function batches(parts: readonly CallParts[]): CallParts[] {
  return Array.from({ length: Math.ceil(parts.length / batchSize) }, (_, n) => {
    const batch = parts.slice(n * batchSize, (n + 1) * batchSize);
    return { records: batch.flatMap(({ records }) => records), events: batch.flatMap(({ events }) => events) };
  });
}
