import { answerQuery } from '../../src/answers/answer-query';
import { derivationOf } from '../../src/cdr/derivation';
import { PbxClocks } from '../../src/cdr/pbx-clocks';
import { parseQuery } from '../../src/query/parse-query';
import { parseSettings } from '../../src/settings/settings';
import { openDuckDbStore } from '../../src/store/duckdb/open-duckdb-store';
import { importHistory } from '../../tools/cases/import-history';
import { answerRows } from '../../tools/replay/answer-rows';

export interface History {
  ask: (query: object) => Promise<Array<Record<string, unknown>>>;
  close: () => Promise<void>;
}

/** A store of nothing but what the importer reads of a Master.csv or a CDR table (with a header) in a folder. */
export async function openHistory(folder: string, input: { csv: string } | { table: string }): Promise<History> {
  const settings = parseSettings({});
  const derivation = derivationOf(settings);
  const clocks = new PbxClocks(derivation);
  const store = await openDuckDbStore(':memory:', derivation);
  for (const parts of await importHistory(folder, { input, checks: [] }, derivation.rules, clocks)) {
    await store.add(parts);
  }
  const { serviceLevelThreshold } = settings;
  const source = {
    store,
    defaults: { serviceLevelThreshold, clocks },
    queuesNow: () => [],
    serversNow: () => [],
    gaps: async () => [],
    differences: async () => [],
  };
  const allTime = { from: 0, to: Date.UTC(2100, 0), intervalMs: 60_000 };
  return {
    ask: async (query) => answerRows(await answerQuery(source, parseQuery(query), allTime)),
    close: () => store.close(),
  };
}
