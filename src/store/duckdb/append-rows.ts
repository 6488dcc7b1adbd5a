import { BIGINT, BOOLEAN, DOUBLE, DuckDBDataChunk, INTEGER, LIST, VARCHAR, type DuckDBType } from '@duckdb/node-api';
import duckdb from '@duckdb/node-bindings';
import type { ColumnType, Table } from '../sql/table';
import { fillVector } from './fill-vector';
import type { Connection } from './file-connection';

const types: Record<ColumnType, DuckDBType> = {
  text: VARCHAR,
  int: INTEGER,
  real: DOUBLE,
  ms: BIGINT,
  bool: BOOLEAN,
  list: LIST(VARCHAR),
  json: VARCHAR,
};
/** Rows that DuckDB takes at once. */
const chunkRows = duckdb.vector_size();

/** Appends to a table, a temporary one too, in the transaction that is open. */
export async function appendRows<T extends object>(
  connection: Connection,
  table: Table<T>,
  rows: readonly T[]
): Promise<void> {
  if (rows.length === 0) {
    return;
  }
  const columnTypes = table.columns.map(({ type }) => types[type]);
  const appender = await connection.createAppender(table.name);
  try {
    for (let from = 0; from < rows.length; from += chunkRows) {
      appender.appendDataChunk(chunkOf(table, columnTypes, rows.slice(from, from + chunkRows)));
    }
  } finally {
    appender.closeSync();
  }
}

function chunkOf<T extends object>(
  table: Table<T>,
  columnTypes: readonly DuckDBType[],
  rows: readonly T[]
): DuckDBDataChunk {
  const chunk = DuckDBDataChunk.create(columnTypes, rows.length);
  for (const [index, { property, type }] of table.columns.entries()) {
    const values = rows.map((row) => storable(row[property]));
    fillVector(duckdb.data_chunk_get_vector(chunk.chunk, index), type, values);
  }
  return chunk;
}

function storable(value: unknown): unknown {
  return value === undefined || Number.isNaN(value) ? null : value;
}
