import type { DuckDBConnection } from '@duckdb/node-api';

type Column = { table: string; name: string; type: string };

/** Drops what belongs to calls that did not end within the template: without records the CDR table does not know them. */
export async function dropUnfinished(connection: DuckDBConnection): Promise<void> {
  for (const [table, columns] of await tablesOf(connection)) {
    if (columns.some(({ name }) => name === 'linked_id') && table !== 'record') {
      await connection.run(
        `DELETE FROM ${table} WHERE (server, linked_id) NOT IN (SELECT (server, linked_id) FROM record)`
      );
    }
  }
}

/**
 * Repeats all that a store holds until it is there so many times, each copy `span` milliseconds after the one before, in
 * order of time. Whatever tables and columns the store has: times and the ids made of them are told by their names.
 */
export async function repeatInTime(connection: DuckDBConnection, copies: number, span: number): Promise<void> {
  await connection.run('SET preserve_insertion_order = true');
  for (const [table, columns] of await tablesOf(connection)) {
    const time = columns.find(isTime);
    if (time) {
      await connection.run(`CREATE TEMP TABLE template AS SELECT * FROM ${table} ORDER BY "${time.name}"`);
      for (let copy = 1; copy < copies; copy++) {
        const values = columns.map((column) => shifted(column, copy * span));
        await connection.run(`INSERT INTO ${table} SELECT ${values.join(', ')} FROM template`);
      }
      await connection.run('DROP TABLE template');
    }
  }
  await connection.run('CHECKPOINT');
}

async function tablesOf(connection: DuckDBConnection): Promise<Map<string, Column[]>> {
  const found = await connection.runAndReadAll(
    `SELECT table_name AS "table", column_name AS name, data_type AS type FROM duckdb_columns()
      WHERE schema_name = 'main' AND NOT internal ORDER BY table_name, column_index`
  );
  return Map.groupBy(found.getRowObjectsJS() as unknown as Column[], ({ table }) => table);
}

const isTime = ({ name, type }: Column): boolean => type === 'BIGINT' && /_time$|^at$/.test(name);

/** A call's id is `epochseconds.n`. */
function shifted(column: Column, ms: number): string {
  const name = `"${column.name}"`;
  if (isTime(column)) {
    return `${name} + ${ms}`;
  }
  return /(linked|unique)_id$/.test(column.name)
    ? `if(${name} = '', '', (split_part(${name}, '.', 1)::BIGINT + ${ms / 1000}) || '.' || split_part(${name}, '.', 2))`
    : name;
}
