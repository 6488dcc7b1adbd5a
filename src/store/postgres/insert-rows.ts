import type { ColumnType, Table } from '../sql/table';
import { largestInt, largestTime, whole } from '../sql/whole';
import { binaryList, type ElementName } from './binary-list';
import type { Session } from './session';

interface ColumnKind {
  /** Type of the elements of the list that its values come in. */
  element: ElementName;
  /** How each becomes the column's value: a list of lists would have to have lists of one length. */
  cast?: string;
  value: (value: never) => unknown;
}

const kinds: Record<ColumnType, ColumnKind> = {
  text: { element: 'TEXT', value: (value: string) => value },
  int: { element: 'INTEGER', value: (value: number) => whole(value, largestInt) },
  real: { element: 'DOUBLE PRECISION', value: (value: number) => value },
  ms: { element: 'BIGINT', value: (value: number) => whole(value, largestTime) },
  bool: { element: 'BOOLEAN', value: (value: boolean) => value },
  list: { element: 'TEXT', cast: 'TEXT[]', value: (value: string[]) => `{${value.map(quoted).join(',')}}` },
  json: { element: 'TEXT', cast: 'JSONB', value: (value: object) => wellFormedJson(JSON.stringify(value)) },
};

interface InsertedColumn<T> {
  name: string;
  type: ColumnType;
  valueOf: (row: T) => unknown;
}

export interface InsertOptions<T> {
  /** What tells a row apart from the others of its call and time. */
  keyOf?: (row: T) => bigint;
  /** What becomes of a row that is stored already. */
  onConflict?: string;
}

/** Inserts rows in one statement, which is the same for any number of them. */
export async function insertRows<T extends object>(
  session: Session,
  table: Table<T>,
  rows: readonly T[],
  { keyOf, onConflict = '' }: InsertOptions<T> = {}
): Promise<void> {
  if (rows.length === 0) {
    return;
  }
  const columns: Array<InsertedColumn<T>> = table.columns.map(({ property, name, type }) => ({
    name,
    type,
    valueOf: valueOf(property, type),
  }));
  if (keyOf) {
    columns.push({ name: 'key', type: 'ms', valueOf: keyOf });
  }
  const names = columns.map(({ name }) => `"${name}"`).join(', ');
  const lists = columns.map(({ type }, index) => `CAST($${index + 1} AS ${kinds[type].element}[])`).join(', ');
  const selected = columns.map(({ name, type }) => {
    const { cast } = kinds[type];
    return cast ? `CAST(u."${name}" AS ${cast})` : `u."${name}"`;
  });
  await session.run(
    `INSERT INTO ${table.name} (${names}) SELECT ${selected.join(', ')} FROM unnest(${lists}) AS u(${names}) ${onConflict}`,
    columns.map((column) => binaryList(kinds[column.type].element, rows, column.valueOf))
  );
}

function valueOf<T extends object>(property: keyof T, type: ColumnType): (row: T) => unknown {
  const convert = kinds[type].value as (value: unknown) => unknown;
  return (row) => {
    const value: unknown = row[property];
    return value === null || value === undefined || Number.isNaN(value) ? null : convert(value);
  };
}

function quoted(text: string): string {
  return `"${text.replace(/[\\"]/g, '\\$&')}"`;
}

/** JSON.stringify writes as escapes what PostgreSQL keeps in no text: U+0000 and halves of surrogate pairs. */
function wellFormedJson(json: string): string {
  return json.includes('\\u') ? json.replace(/(?<!\\)((?:\\\\)*)\\u(?:0000|d[89a-f]\w\w)/g, '$1\ufffd') : json;
}
