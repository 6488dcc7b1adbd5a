import * as v from 'valibot';
import { answerSource } from '../support/answer-source';
import { answerQuery } from '../../src/answers/answer-query';
import { derivationOf } from '../../src/cdr/derivation';
import { PbxClocks } from '../../src/cdr/pbx-clocks';
import { Importer } from '../../src/import/importer';
import { openHistory as openSource } from '../../src/import/open-history';
import { parseQuery } from '../../src/query/parse-query';
import { importEntries, importKey, type SavedImport } from '../../src/settings/import-settings';
import { parseSettings } from '../../src/settings/settings';
import { openDuckDbStore } from '../../src/store/duckdb/open-duckdb-store';
import { answerRows } from '../../tools/replay/answer-rows';

export interface History {
  ask: (query: object) => Promise<Array<Record<string, unknown>>>;
  close: () => Promise<void>;
}

/** A store of nothing but what the importer reads: of a Master.csv or a queue_log in a folder, or of a table. */
export async function openHistory(
  saved: readonly SavedImport[],
  { csvFolder, password = '' }: { csvFolder?: string; password?: string }
): Promise<History> {
  const derivation = derivationOf(parseSettings({}));
  const clocks = new PbxClocks(derivation);
  const store = await openDuckDbStore(':memory:', derivation);
  for (const one of saved) {
    const settings = v.parse(importEntries, { server: 'pbx', ...one });
    const clock = clocks.of(settings.server);
    const importer = new Importer({
      key: importKey(settings),
      server: settings.server,
      kind: settings.kind,
      type: settings.type,
      store: () => store,
      write: (task) => task(store),
      open: (signal) => openSource({ settings, password, ca: '', csvFolder, clock, rules: derivation.rules }, signal),
      keptSince: () => 0,
      hourOfPbx: () => 0,
      onFailed: () => undefined,
    });
    await importer.start();
    await importer.look();
    await importer.close();
    if (importer.progress.error !== null || importer.progress.added === 0) {
      await store.close();
      throw new Error(`The import gave ${importer.progress.added} records: ${importer.progress.error}`);
    }
  }
  const source = answerSource(store, clocks);
  const allTime = { from: 0, to: Date.UTC(2100, 0), intervalMs: 60_000 };
  return {
    ask: async (query) => answerRows(await answerQuery(source, parseQuery(query), allTime)),
    close: () => store.close(),
  };
}
