import type { Dialect } from './dialect';

/** Collects the values of a statement: every value is bound, none is pasted into SQL. */
export class Binds {
  readonly values: Array<string | number | bigint | boolean> = [];

  constructor(readonly dialect: Dialect) {}

  text(value: string): string {
    return `$${this.values.push(value)}`;
  }

  /** A whole number, such as a time in milliseconds. */
  integer(value: number): string {
    return `CAST($${this.values.push(BigInt(Math.round(value)))} AS BIGINT)`;
  }

  number(value: number): string {
    return this.dialect.toDouble(`$${this.values.push(value)}`);
  }
}
