import type { Dialect } from './dialect';

/** Collects what a statement needs besides its text. Every value is bound, none is pasted into SQL. */
export class Binds {
  /** Whether something of the call of each record is asked for. */
  joinsCall = false;
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
