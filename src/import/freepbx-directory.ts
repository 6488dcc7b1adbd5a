import { databasePorts } from '../settings/database-port';
import { isHostName } from '../settings/database-host';
import {
  mostEntries,
  readDirectory,
  type ReadDirectory,
  type SavedDirectoryEntry,
} from '../settings/directory-settings';
import type { DirectoryKind } from '../cdr/directory';
import type { ImportSettings } from '../settings/import-settings';
import { explainFailure } from './explain-failure';
import { sentence, type Text } from '../sentences/sentence';
import { ImportError } from './import-error';
import { openMysql } from './mysql-table';
import type { SqlConnection } from './sql-connection';
import { readRows } from './step-bounds';

/** Tables of FreePBX's own database, `asterisk`, with the columns of id and name. Source: FreePBX 13 to 17, modules core and queues. */
const tables: ReadonlyArray<{ table: string; id: string; name: string; kind: DirectoryKind }> = [
  { table: 'users', id: 'extension', name: 'name', kind: 'agent' },
  { table: 'queues_config', id: 'extension', name: 'descr', kind: 'queue' },
  { table: 'incoming', id: 'extension', name: 'description', kind: 'number' },
];

/** A directory, and the tables that could not be read, with the reason: what the others hold is not lost. */
export interface FreePbxDirectory extends ReadDirectory {
  failed: Array<{ table: string; message: Text }>;
}

/**
 * Extensions, queues and inbound routes with their names, over the connection of an import.
 * @throws ImportError that says why the database can't be reached, or none of the tables be read
 */
export async function readFreePbxDirectory(
  settings: ImportSettings,
  { password, ca }: { password: string; ca: string },
  signal = new AbortController().signal
): Promise<FreePbxDirectory> {
  const port = settings.port || databasePorts.mysql;
  if (settings.type !== 'mysql' || !isHostName(settings.host)) {
    throw new ImportError([sentence('import.not-freepbx')]);
  }
  let connection: SqlConnection;
  try {
    const tls = settings.tls ? { ...(ca === '' ? {} : { ca }) } : null;
    connection = await openMysql({ ...settings, port, password, tls }, signal);
  } catch (error) {
    throw new ImportError(explainFailure(error, settings, port), { cause: error });
  }
  try {
    return await readTables(connection, (error, table) => explainFailure(error, { ...settings, table }, port));
  } finally {
    await connection.close();
  }
}

async function readTables(
  connection: SqlConnection,
  explain: (error: unknown, table: string) => Text
): Promise<FreePbxDirectory> {
  const entries: SavedDirectoryEntry[] = [];
  const failed: FreePbxDirectory['failed'] = [];
  for (const { table, id, name, kind } of tables) {
    const [from, columns] = [
      ['asterisk', table],
      [id, name],
    ].map((names) => names.map(connection.quoted));
    const sql = `SELECT ${columns!.join(', ')} FROM ${from!.join('.')} LIMIT ${mostEntries}`;
    try {
      const { rows } = await connection.query(sql, [], mostEntries, readRows);
      rows.forEach(([rowId, rowName]) => entries.push({ kind, id: rowId ?? '', name: rowName ?? '' }));
    } catch (error) {
      failed.push({ table: `asterisk.${table}`, message: explain(error, `asterisk.${table}`) });
    }
  }
  if (failed.length === tables.length) {
    throw new ImportError(failed[0]!.message);
  }
  // A route for any DID has none, and FreePBX calls what has no name by its number.
  const named = entries.filter((entry) => entry.id !== '' && entry.name !== '' && entry.name !== entry.id);
  return { ...readDirectory(named), failed };
}
