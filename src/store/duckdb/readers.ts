import type { DuckDBConnection, DuckDBInstance, DuckDBResultReader } from '@duckdb/node-api';
import { SlowQueryError } from '../slow-query-error';

/** What a statement's values may be. */
type Values = Parameters<DuckDBConnection['runAndReadAll']>[1];

export interface ReadersOptions {
  /** Statements that run at once. */
  count?: number;
  /** How long one may take, its wait included. Milliseconds. */
  limitMs?: number;
}

/**
 * The connections that read a store. A few statements run at once and the others wait their turn, since each that runs
 * takes a thread of Node's pool, of which the writer needs one; one that takes too long is stopped.
 */
export class Readers {
  private readonly idle: DuckDBConnection[];
  private readonly waiting: Array<(connection: DuckDBConnection) => void> = [];

  private constructor(
    private readonly connections: readonly DuckDBConnection[],
    private readonly limitMs: number
  ) {
    this.idle = [...connections];
  }

  static async open(instance: DuckDBInstance, { count = 2, limitMs = 30_000 }: ReadersOptions = {}): Promise<Readers> {
    const connections = await Promise.all(Array.from({ length: count }, () => instance.connect()));
    return new Readers(connections, limitMs);
  }

  /** @throws SlowQueryError */
  async runAndReadAll(sql: string, values?: Values): Promise<DuckDBResultReader> {
    const deadline = Date.now() + this.limitMs;
    const connection = await this.take(deadline);
    let isLate = false;
    const timer = setTimeout(() => {
      isLate = true;
      connection.interrupt();
    }, deadline - Date.now());
    try {
      return await connection.runAndReadAll(sql, values);
    } catch (error) {
      throw isLate ? new SlowQueryError(this.limitMs) : error;
    } finally {
      clearTimeout(timer);
      this.give(connection);
    }
  }

  closeSync(): void {
    this.connections.forEach((connection) => connection.closeSync());
  }

  private take(deadline: number): Promise<DuckDBConnection> {
    const free = this.idle.pop();
    if (free) {
      return Promise.resolve(free);
    }
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.waiting.splice(this.waiting.indexOf(mine), 1);
        reject(new SlowQueryError(this.limitMs));
      }, deadline - Date.now());
      const mine = (connection: DuckDBConnection): void => {
        clearTimeout(timer);
        resolve(connection);
      };
      this.waiting.push(mine);
    });
  }

  private give(connection: DuckDBConnection): void {
    const next = this.waiting.shift();
    if (next) {
      next(connection);
    } else {
      this.idle.push(connection);
    }
  }
}
