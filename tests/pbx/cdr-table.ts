import { csvRecord } from '../../src/import/csv-record';
import { freepbx, type Fields } from '../import/cdr-rows';
import { reader, startMariadb, type TestDatabase } from '../import/databases';
import { withTable } from '../import/fill-table';
import { openHistory, type History } from './history';

/** Columns of cdr_custom.conf, by the names that the `Cdr` event has for them. */
const columns = [
  'StartTime',
  'CallerID',
  'Source',
  'Destination',
  'DestinationContext',
  'Channel',
  'DestinationChannel',
  'LastApplication',
  'LastData',
  'Duration',
  'BillableSeconds',
  'Disposition',
  'AMAFlags',
  'AccountCode',
  'UniqueID',
  'UserField',
  'AnswerTime',
  'EndTime',
  'LinkedID',
  'Sequence',
] as const;

/** FreePBX's table of CDRs in a MariaDB of its own. */
export interface CdrTable {
  /** Puts the rows in that Asterisk wrote by cdr_custom.conf, and gives what the importer reads of them. */
  imported: (rows: string) => Promise<History>;
  stop: () => Promise<void>;
}

export async function startCdrTable(): Promise<CdrTable> {
  const database: TestDatabase = await startMariadb();
  return {
    imported: async (rows) => {
      await withTable(database, freepbx, readRows(Buffer.from(rows)));
      const { type, port } = database;
      return openHistory([{ type, host: '127.0.0.1', port, user: reader.user }], { password: reader.password });
    },
    stop: () => database.stop(),
  };
}

function readRows(bytes: Buffer): Fields[] {
  const rows: Fields[] = [];
  for (let record = csvRecord(bytes, 0); record; record = csvRecord(bytes, record.end)) {
    const { fields } = record;
    if (fields.length !== columns.length) {
      throw new Error(`A row of cdr_custom has ${fields.length} columns: ${fields.join(',')}`);
    }
    rows.push(Object.fromEntries(columns.map((column, index) => [column, fields[index]!])));
  }
  return rows;
}
