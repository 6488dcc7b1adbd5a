import { LIST, listValue, VARCHAR, type DuckDBAppender } from '@duckdb/node-api';
import type { ColumnType, Table } from '../sql/table';
import { largestInt, largestTime, whole } from '../sql/whole';
import type { Connection } from './file-connection';

const appends: Record<ColumnType, (appender: DuckDBAppender, value: never) => void> = {
  text: (appender, value: string) => appender.appendVarchar(value),
  int: (appender, value: number) => appender.appendInteger(whole(value, largestInt)),
  real: (appender, value: number) => appender.appendDouble(value),
  ms: (appender, value: number) => appender.appendBigInt(BigInt(whole(value, largestTime))),
  bool: (appender, value: boolean) => appender.appendBoolean(value),
  list: (appender, value: string[]) => appender.appendList(listValue(value), LIST(VARCHAR)),
  json: (appender, value: object) => appender.appendVarchar(JSON.stringify(value)),
};

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
      appendRow(appender, table, row);
    }
  } finally {
    appender.closeSync();
  }
}

function appendRow<T extends object>(appender: DuckDBAppender, table: Table<T>, row: T): void {
  for (const { property, type } of table.columns) {
    const value = row[property];
    if (value === null || value === undefined || Number.isNaN(value)) {
      appender.appendNull();
    } else {
      appends[type](appender, value as never);
    }
  }
  appender.endRow();
}
