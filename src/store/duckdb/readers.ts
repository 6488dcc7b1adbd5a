import { messageOf } from '../../sentences/text-of-error';
import { HeavyQueryError } from '../heavy-query-error';
import { SlowQueryError } from '../slow-query-error';
import type { Binds } from '../sql/binds';
import type { Asker } from '../sql/sql-questions';
import type { ReadingConnection } from './file-connection';

type Values = Binds['values'];
type Rows = Array<Record<string, unknown>>;

/** An interrupt that comes between two steps of a statement is lost: it is repeated until the statement ends. */
const interruptMs = 50;

/** Runs a statement of a connection, and interrupts it when the signal aborts. */
export async function rowsOf(
  connection: ReadingConnection,
  sql: string,
  values: Values,
  signal: AbortSignal | undefined
): Promise<Rows> {
  signal?.throwIfAborted();
  let again: NodeJS.Timeout | undefined;
  const interrupt = (): void => {
    connection.interrupt();
    again = setInterval(() => connection.interrupt(), interruptMs);
  };
  signal?.addEventListener('abort', interrupt, { once: true });
  try {
    return await connection.readInTurns(sql, values);
  } catch (error) {
    throw signal?.aborted ? signal.reason : isOutOfMemory(error) ? new HeavyQueryError(error) : error;
  } finally {
    clearInterval(again);
    signal?.removeEventListener('abort', interrupt);
  }
}

const isOutOfMemory = (error: unknown): boolean => messageOf(error).startsWith('Out of Memory Error');

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
export class Readers implements Asker {
  private readonly idle: ReadingConnection[];
  private readonly waiting: Array<(connection: ReadingConnection) => void> = [];

  private constructor(
    connections: readonly ReadingConnection[],
    private readonly limitMs: number
  ) {
    this.idle = [...connections];
  }

  static async open(
    file: { connect(): Promise<ReadingConnection> },
    { count = 2, limitMs = 30_000 }: ReadersOptions = {}
  ): Promise<Readers> {
    const connections = await Promise.all(Array.from({ length: count }, () => file.connect()));
    return new Readers(connections, limitMs);
  }

  /** @throws SlowQueryError, HeavyQueryError, or the signal's reason */
  async rows(sql: string, values: Values, signal?: AbortSignal): Promise<Rows> {
    const late = new AbortController();
    const timer = setTimeout(() => late.abort(new SlowQueryError(this.limitMs)), this.limitMs);
    const end = signal ? AbortSignal.any([signal, late.signal]) : late.signal;
    try {
      const connection = await this.free(end);
      try {
        return await rowsOf(connection, sql, values, end);
      } finally {
        this.give(connection);
      }
    } finally {
      clearTimeout(timer);
    }
  }

  private free(end: AbortSignal): Promise<ReadingConnection> {
    end.throwIfAborted();
    const free = this.idle.pop();
    if (free) {
      return Promise.resolve(free);
    }
    return new Promise((resolve, reject) => {
      const mine = (connection: ReadingConnection): void => {
        end.removeEventListener('abort', leave);
        resolve(connection);
      };
      const leave = (): void => {
        this.waiting.splice(this.waiting.indexOf(mine), 1);
        reject(end.reason as Error);
      };
      end.addEventListener('abort', leave, { once: true });
      this.waiting.push(mine);
    });
  }

  private give(connection: ReadingConnection): void {
    const next = this.waiting.shift();
    if (next) {
      next(connection);
    } else {
      this.idle.push(connection);
    }
  }
}
