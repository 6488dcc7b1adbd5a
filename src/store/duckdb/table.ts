import { listValue, VARCHAR, LIST, type DuckDBAppender } from '@duckdb/node-api';

/** How a property is kept: `ms` epoch milliseconds, `list` of texts, `json` an object of texts. */
export type ColumnType = 'text' | 'int' | 'real' | 'ms' | 'bool' | 'list' | 'json';

interface Codec {
  sql: string;
  append: (appender: DuckDBAppender, value: never) => void;
  read: (value: unknown) => unknown;
}

const same = (value: unknown): unknown => value;

const largestInt = 2 ** 31 - 1;
/** Milliseconds of the farthest date of JavaScript. */
const largestTime = 8.64e15;

/**
 * The nearest whole number that a column holds: what a PBX with a wild clock tells, such as a call of 8,000 years, must not
 * make the store refuse the batch that it came in.
 */
function whole(value: number, largest: number): number {
  return Math.min(largest, Math.max(-largest, Math.round(value)));
}

const codecs: Record<ColumnType, Codec> = {
  text: { sql: 'VARCHAR', append: (a, value: string) => a.appendVarchar(value), read: same },
  int: { sql: 'INTEGER', append: (a, value: number) => a.appendInteger(whole(value, largestInt)), read: same },
  real: { sql: 'DOUBLE', append: (a, value: number) => a.appendDouble(value), read: same },
  ms: { sql: 'BIGINT', append: (a, value: number) => a.appendBigInt(BigInt(whole(value, largestTime))), read: Number },
  bool: { sql: 'BOOLEAN', append: (a, value: boolean) => a.appendBoolean(value), read: same },
  list: {
    sql: 'VARCHAR[]',
    append: (a, value: string[]) => a.appendList(listValue(value), LIST(VARCHAR)),
    read: same,
  },
  json: {
    sql: 'VARCHAR',
    append: (a, value: object) => a.appendVarchar(JSON.stringify(value)),
    read: (value) => JSON.parse(String(value)),
  },
};

/** A table that holds objects of one type: its columns are their properties, in snake case. */
export class Table<T extends object> {
  private readonly columns: Array<{ property: keyof T & string; name: string; codec: Codec }>;
  /** An object that gets its many properties one by one becomes a dictionary, several times as large: all come at once. */
  private readonly blank: Readonly<Record<string, unknown>>;

  constructor(
    readonly name: string,
    types: Record<keyof T & string, ColumnType>
  ) {
    this.columns = (Object.keys(types) as Array<keyof T & string>).map((property) => ({
      property,
      name: columnName(property),
      codec: codecs[types[property]],
    }));
    this.blank = JSON.parse(
      JSON.stringify(types, (key, value: unknown) => (key === '' ? value : null))
    ) as typeof this.blank;
  }

  get createSql(): string {
    return `CREATE TABLE ${this.name} (${this.columns.map(({ name, codec }) => `"${name}" ${codec.sql}`).join(', ')})`;
  }

  /** Column list for a SELECT that `read` takes. */
  columnsOf(alias: string): string {
    return this.columns.map(({ name }) => `${alias}."${name}"`).join(', ');
  }

  /** A row as one text for `readJson`: values by themselves take DuckDB's client three times as long. */
  jsonOf(alias: string): string {
    return `json_object(${this.columns.map(({ name }) => `'${name}', ${alias}."${name}"`).join(', ')})::VARCHAR`;
  }

  readJson(json: string): T {
    return this.read(JSON.parse(json) as Record<string, unknown>);
  }

  append(appender: DuckDBAppender, row: T): void {
    for (const { property, codec } of this.columns) {
      const value = row[property];
      if (value === null || value === undefined || Number.isNaN(value)) {
        appender.appendNull();
      } else {
        codec.append(appender, value as never);
      }
    }
    appender.endRow();
  }

  read(row: Readonly<Record<string, unknown>>): T {
    const object = { ...this.blank };
    for (const { property, name, codec } of this.columns) {
      const value = row[name];
      if (value !== null && value !== undefined) {
        object[property] = codec.read(value);
      }
    }
    return object as T;
  }
}

export function columnName(property: string): string {
  return property.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
