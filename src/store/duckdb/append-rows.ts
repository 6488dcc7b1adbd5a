import type { Connection } from './file-connection';
import type { Table } from './table';

/** Appends to a table, a temporary one too, in the transaction that is open. */
export async function appendRows<T extends object>(
  connection: Connection,
  table: Table<T>,
  rows: readonly T[]
): Promise<void> {
  if (rows.length === 0) {
    return;
  }
  const appender = await connection.createAppender(table.name);
  try {
    for (const row of rows) {
      table.append(appender, row);
    }
  } finally {
    appender.closeSync();
  }
}
