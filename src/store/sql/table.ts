/** How a property is kept: `ms` epoch milliseconds, `list` of texts, `json` an object of texts. */
export type ColumnType = 'text' | 'int' | 'real' | 'ms' | 'bool' | 'list' | 'json';

/** Values as an engine gives them back, to those of the property. */
const readers: Record<ColumnType, (value: unknown) => unknown> = {
  text: (value) => value,
  int: (value) => value,
  real: (value) => value,
  ms: Number,
  bool: (value) => value,
  list: (value) => value,
  json: (value) => JSON.parse(String(value)),
};

export interface Column<T> {
  property: keyof T & string;
  name: string;
  type: ColumnType;
}

/** A table that holds objects of one type: its columns are their properties, in snake case. */
export class Table<T extends object> {
  readonly columns: ReadonlyArray<Column<T>>;
  /** An object that gets its many properties one by one becomes a dictionary, several times as large: all come at once. */
  private readonly blank: Readonly<Record<string, unknown>>;

  constructor(
    readonly name: string,
    types: Record<keyof T & string, ColumnType>
  ) {
    this.columns = (Object.keys(types) as Array<keyof T & string>).map((property) => ({
      property,
      name: columnName(property),
      type: types[property],
    }));
    this.blank = JSON.parse(
      JSON.stringify(types, (key, value: unknown) => (key === '' ? value : null))
    ) as typeof this.blank;
  }

  /** Column list for a SELECT that `read` takes. */
  columnsOf(alias: string): string {
    return this.columns.map(({ name }) => `${alias}."${name}"`).join(', ');
  }

  read(row: Readonly<Record<string, unknown>>): T {
    const object = { ...this.blank };
    for (const { property, name, type } of this.columns) {
      const value = row[name];
      if (value !== null && value !== undefined) {
        object[property] = readers[type](value);
      }
    }
    return object as T;
  }
}

export function columnName(property: string): string {
  return property.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
