import { databasePorts } from '../settings/database-port';
import type { CallRules } from '../cdr/call-rules';
import { MemberNames } from '../cdr/member-names';
import { PbxClock } from '../cdr/pbx-clock';
import { isHostName } from '../settings/database-host';
import { onlyGrows, tableOf, type ImportSettings, type ImportType } from '../settings/import-settings';
import type { CdrTable } from './cdr-table';
import { openCsvFile } from './csv-file';
import { CsvSource } from './csv-source';
import type { DatabaseAddress } from '../database/database-address';
import { explainFailure } from './explain-failure';
import type { HistorySource } from './history-source';
import { sentence } from '../sentences/sentence';
import { ImportError } from './import-error';
import { openMysqlTable } from './mysql-table';
import { openPostgresTable } from './postgres-table';
import { queueLogColumns } from './queue-log-columns';
import { QueueLogReader } from './queue-log-reader';
import { QueueLogSource } from './queue-log-source';
import { RecordReader } from './record-reader';
import { TableClock } from './table-clock';
import { cdrColumns } from './table-layout';
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
  /** Of the members of queues, as events tell them; none where nothing is heard. */
  names?: Pick<MemberNames, 'interfaceOf'>;
}

type DatabaseType = Exclude<ImportType, 'csv'>;

export type Databases = Readonly<
  Record<DatabaseType, { port: number; open: (address: DatabaseAddress, signal: AbortSignal) => Promise<CdrTable> }>
>;

const realDatabases: Databases = {
  mysql: { port: databasePorts.mysql, open: openMysqlTable },
  postgres: { port: databasePorts.postgres, open: openPostgresTable },
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
    const { server, kind } = settings;
    const { rules, names = new MemberNames(), csvFolder } = setup;
    const reader =
      kind === 'cdr'
        ? new RecordReader(server, clock, tableClock, rules)
        : new QueueLogReader({ server, pbxClock: clock, tableClock, rules, names });
    if (database === null) {
      return kind === 'cdr'
        ? new CsvSource(await openCsvFile(csvFolder, settings.path), reader, settings.columns, signal)
        : new QueueLogSource(csvFolder, settings.path, reader, signal);
    }
    const plan = kind === 'cdr' ? cdrColumns : queueLogColumns;
    const tls = settings.tls ? { ...(setup.ca === '' ? {} : { ca: setup.ca }) } : null;
    const table = await database.open(
      { ...settings, table: tableOf(settings), port, password: setup.password, tls },
      signal
    );
    try {
      return await TableSource.open(table, settings.columns, reader, tableClock, {
        plan,
        onlyGrows: onlyGrows(settings),
      });
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
    throw new ImportError([sentence('import.no-server')]);
  }
  if (settings.type !== 'csv' && !isHostName(settings.host)) {
    // A path would be a socket of Grafana's machine.
    throw new ImportError([sentence('import.bad-host', { host: JSON.stringify(settings.host) })]);
  }
  if (settings.kind === 'cdr' && settings.timeZone !== '' && !clock.hasZone) {
    throw new ImportError([sentence('import.no-pbx-zone', { zone: settings.timeZone })]);
  }
}
