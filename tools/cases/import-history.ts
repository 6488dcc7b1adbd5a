import path from 'node:path';
import type { CallParts } from '../../src/cdr/call-parts';
import type { CallRules } from '../../src/cdr/call-rules';
import { PbxClock } from '../../src/cdr/pbx-clock';
import type { PbxClocks } from '../../src/cdr/pbx-clocks';
import type { HistorySource } from '../../src/import/history-source';
import { Importer } from '../../src/import/importer';
import { openHistory } from '../../src/import/open-history';
import { RecordReader } from '../../src/import/record-reader';
import { TableClock } from '../../src/import/table-clock';
import { TableSource } from '../../src/import/table-source';
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
  const [saved] = parseSettings({ imports: [{ server, type, path: csv ?? '', ...run.import }] }).imports;
  const clock = clocks.of(server);
  const open = async (): Promise<HistorySource> => {
    if (table === undefined) {
      return openHistory({ settings: saved!, password: '', ca: '', csvFolder: path.resolve(folder), clock, rules });
    }
    const tableClock = new TableClock(clock, saved!.timeZone === '' ? null : new PbxClock(saved!.timeZone));
    const reader = new RecordReader(server, clock, tableClock, rules);
    return TableSource.open(csvTable(await readCaseFile(folder, table)), saved!.columns, reader, tableClock);
  };
  const stored: CallParts[] = [];
  let failure: string | null = null;
  const importer = new Importer({
    key: 'case',
    server,
    type,
    store: () => ({ gaps: async () => [], countRecords: async () => 0, importState: async () => undefined }),
    write: (task) =>
      task({
        add: async (parts) => {
          stored.push(parts);
          return [];
        },
        keepImportState: async () => undefined,
      }),
    open,
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
