import { wellFormed } from '../../cdr/well-formed';
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
  text: { element: 'TEXT', value: wellFormed },
  int: { element: 'INTEGER', value: (value: number) => whole(value, largestInt) },
  real: { element: 'DOUBLE PRECISION', value: (value: number) => value },
  ms: { element: 'BIGINT', value: (value: number) => whole(value, largestTime) },
  bool: { element: 'BOOLEAN', value: (value: boolean) => value },
  list: { element: 'TEXT', cast: 'TEXT[]', value: (value: string[]) => `{${value.map(quoted).join(',')}}` },
  json: { element: 'TEXT', cast: 'JSONB', value: (value: object) => wellFormedJson(JSON.stringify(value)) },
};

interface InsertedColumn {
  name: string;
  type: ColumnType;
  values: unknown[];
}

export interface InsertOptions {
  /** What tells each row apart from the others of its call and time. */
  keys?: readonly bigint[];
  /** What becomes of a row that is stored already. */
  onConflict?: string;
}

/** Inserts rows in one statement, which is the same for any number of them. */
export async function insertRows<T extends object>(
  session: Session,
  table: Table<T>,
  rows: readonly T[],
  { keys, onConflict = '' }: InsertOptions = {}
): Promise<void> {
  if (rows.length === 0) {
    return;
  }
  const columns: InsertedColumn[] = table.columns.map(({ property, name, type }) => ({
    name,
    type,
    values: rows.map((row) => valueOf(row[property], type)),
  }));
  if (keys) {
    columns.push({ name: 'key', type: 'ms', values: [...keys] });
  }
  const names = columns.map(({ name }) => `"${name}"`).join(', ');
  const lists = columns.map(({ type }, index) => `CAST($${index + 1} AS ${kinds[type].element}[])`).join(', ');
  const selected = columns.map(({ name, type }) => {
    const { cast } = kinds[type];
    return cast ? `CAST(u."${name}" AS ${cast})` : `u."${name}"`;
  });
  await session.run(
    `INSERT INTO ${table.name} (${names}) SELECT ${selected.join(', ')} FROM unnest(${lists}) AS u(${names}) ${onConflict}`,
    columns.map(({ type, values }) => binaryList(kinds[type].element, values))
  );
}

function valueOf(value: unknown, type: ColumnType): unknown {
  return value === null || value === undefined || Number.isNaN(value) ? null : kinds[type].value(value as never);
}

function quoted(text: string): string {
  return `"${wellFormed(text).replace(/[\\"]/g, '\\$&')}"`;
}

/** JSON.stringify writes as escapes what PostgreSQL keeps in no text: U+0000 and halves of surrogate pairs. */
function wellFormedJson(json: string): string {
  return json.includes('\\u') ? json.replace(/(?<!\\)((?:\\\\)*)\\u(?:0000|d[89a-f]\w\w)/g, '$1\ufffd') : json;
}
