import { alone } from '../../src/store/sharing';
import path from 'node:path';
import type { CallParts } from '../../src/cdr/call-parts';
import type { CallRules } from '../../src/cdr/call-rules';
import type { PbxClocks } from '../../src/cdr/pbx-clocks';
import { Importer } from '../../src/import/importer';
import { openHistory } from '../../src/import/open-history';
import { parseSettings } from '../../src/settings/settings';
import { csvTable } from './csv-table';
import { readCaseFile, type CaseRun } from './read-case';

/** The PBX of a case, where its records do not name one. */
const server = 'pbx';

/** What the importer stores of a case's Master.csv or CDR table, batch by batch. */
export async function importHistory(
  folder: string,
  run: CaseRun,
  rules: CallRules,
  clocks: PbxClocks
): Promise<CallParts[]> {
  const { csv, table } = run.input;
  if (csv === undefined && table === undefined) {
    return [];
  }
  const type = csv === undefined ? ('mysql' as const) : ('csv' as const);
  const [saved] = parseSettings({ imports: [{ server, type, host: 'pbx', path: csv ?? '', ...run.import }] }).imports;
  const clock = clocks.of(server);
  const database = { port: 0, open: async () => csvTable(await readCaseFile(folder, table!)) };
  const stored: CallParts[] = [];
  let failure: string | null = null;
  const importer = new Importer({
    key: 'case',
    server,
    kind: saved!.kind,
    type,
    store: () => ({
      sharing: alone,
      gaps: async () => [],
      countRecords: async () => 0,
      stretches: async () => [],
      importState: async () => undefined,
    }),
    write: (task) =>
      task({
        add: async (parts) => {
          stored.push(parts);
          return [];
        },
        addStretches: async () => undefined,
        keepImportState: async () => undefined,
      }),
    open: (signal) =>
      openHistory({ settings: saved!, password: '', ca: '', csvFolder: path.resolve(folder), clock, rules }, signal, {
        mysql: database,
        postgres: database,
      }),
    keptSince: () => 0,
    hourOfPbx: () => 0,
    onFailed: (error) => (failure = error),
  });
  await importer.start();
  await importer.look();
  await importer.close();
  if (failure !== null) {
    throw new Error(`The import of ${csv ?? table} failed: ${String(failure)}`);
  }
  return stored;
}
