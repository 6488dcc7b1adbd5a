import type { CallRules } from '../cdr/call-rules';
import { PbxClock } from '../cdr/pbx-clock';
import { isHostName } from '../settings/database-host';
import type { ImportSettings, ImportType } from '../settings/import-settings';
import type { CdrTable } from './cdr-table';
import { openCsvFile } from './csv-file';
import { CsvSource } from './csv-source';
import type { DatabaseAddress } from '../database/database-address';
import { explainFailure } from './explain-failure';
import type { HistorySource } from './history-source';
import { ImportError } from './import-error';
import { openMysqlTable } from './mysql-table';
import { openPostgresTable } from './postgres-table';
import { RecordReader } from './record-reader';
import { TableClock } from './table-clock';
import { TableSource } from './table-source';

export interface HistorySetup {
  settings: ImportSettings;
  password: string;
  /** PEM of the authority that signed the database's certificate; empty for the public ones. */
  ca: string;
  /** Folder that CSV files may lie in; undefined where none is allowed. */
  csvFolder: string | undefined;
  /** The PBX's, which what is read may teach. */
  clock: PbxClock;
  rules: CallRules;
}

type DatabaseType = Exclude<ImportType, 'csv'>;

export type Databases = Readonly<
  Record<DatabaseType, { port: number; open: (address: DatabaseAddress, signal: AbortSignal) => Promise<CdrTable> }>
>;

const realDatabases: Databases = {
  mysql: { port: 3306, open: openMysqlTable },
  postgres: { port: 5432, open: openPostgresTable },
};

/**
 * All that is asked of it ends at once when `signal` is aborted.
 * @throws ImportError that says why the table or file can't be read and what to try
 */
export async function openHistory(
  setup: HistorySetup,
  signal = new AbortController().signal,
  databases = realDatabases
): Promise<HistorySource> {
  const { settings } = setup;
  const database = settings.type === 'csv' ? null : databases[settings.type];
  const port = settings.port || (database?.port ?? 0);
  try {
    check(setup);
    const { clock } = setup;
    const tableClock = new TableClock(clock, settings.timeZone === '' ? null : new PbxClock(settings.timeZone));
    const reader = new RecordReader(settings.server, clock, tableClock, setup.rules);
    if (database === null) {
      return new CsvSource(await openCsvFile(setup.csvFolder, settings.path), reader, settings.columns, signal);
    }
    const tls = settings.tls ? { ...(setup.ca === '' ? {} : { ca: setup.ca }) } : null;
    const table = await database.open({ ...settings, port, password: setup.password, tls }, signal);
    try {
      return await TableSource.open(table, settings.columns, reader, tableClock);
    } catch (error) {
      await table.close();
      throw error;
    }
  } catch (error) {
    throw new ImportError(explainFailure(error, settings, port), { cause: error });
  }
}

function check({ settings, clock }: HistorySetup): void {
  if (settings.server === '') {
    throw new ImportError('Name the server whose calls are imported: its server_name in the configuration of amiws.');
  }
  if (settings.type !== 'csv' && !isHostName(settings.host)) {
    // A path would be a socket of Grafana's machine.
    throw new ImportError(`The host ${JSON.stringify(settings.host)} is no host name or address.`);
  }
  if (settings.timeZone !== '' && !clock.hasZone) {
    throw new ImportError(
      `The times of the import are in ${settings.timeZone}: set the time zone of the PBX too, so that they can be told ` +
        'as its wall clock, by which they are known again.'
    );
  }
}
