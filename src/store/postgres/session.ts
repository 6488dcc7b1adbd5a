import { escapeIdentifier, type Pool, type PoolClient } from 'pg';
import { SlowQueryError } from '../slow-query-error';
import { asStored } from './value-types';

export type Row = Record<string, unknown>;

export interface Outcome {
  rows: Row[];
  /** Rows that were written or removed. */
  changed: number;
}

/** Statements of one transaction, in the order in which they are put: none need wait for the answer to the one before. */
export interface Session {
  run(sql: string, values?: readonly unknown[]): Promise<Outcome>;
}

export interface TransactionKind {
  /** What stands after BEGIN. */
  mode: 'READ WRITE' | 'READ ONLY' | 'ISOLATION LEVEL REPEATABLE READ READ ONLY';
  schema: string;
  /** Settings of the server for this transaction. */
  settings?: Readonly<Record<string, string | number>>;
  /** How long one statement may take, milliseconds. */
  statementMs: number;
}

/** A server that was asked to end a statement does so at once; one that does not is out of reach. Milliseconds. */
const graceMs = 2_000;

/**
 * Runs a task in a transaction of its own, which is committed when the task resolves. Nothing outlasts the transaction, so
 * that a pooler may give each one to another connection of the server.
 *
 * @param pool of clients with the option `pipeline`; with others each statement waits for the answer to the one before
 * @throws SlowQueryError, the signal's reason, or the error of the task
 */
export function inTransaction<T>(
  pool: Pool,
  kind: TransactionKind,
  task: (session: Session) => Promise<T>,
  signal?: AbortSignal
): Promise<T> {
  return within(
    pool,
    kind,
    async (open) => {
      const result = await task(open);
      await open.run('COMMIT');
      return result;
    },
    signal
  );
}

/** Puts one statement in a transaction of its own, all of which takes one round trip. Throws as `inTransaction` does. */
export function askOnce(
  pool: Pool,
  kind: TransactionKind,
  sql: string,
  values: readonly unknown[],
  signal?: AbortSignal
): Promise<Outcome> {
  return within(
    pool,
    kind,
    async (open) => (await Promise.all([open.run(sql, values), open.run('COMMIT')]))[0],
    signal
  );
}

async function within<T>(
  pool: Pool,
  kind: TransactionKind,
  task: (open: OpenTransaction) => Promise<T>,
  signal = new AbortController().signal
): Promise<T> {
  const open = new OpenTransaction(pool, await connected(pool, signal), kind, signal);
  try {
    return await task(open);
  } catch (error) {
    await open.undo();
    throw error;
  } finally {
    open.release();
  }
}

/** A connection of the pool; one that comes after the signal aborted goes back. */
async function connected(pool: Pool, signal: AbortSignal): Promise<PoolClient> {
  signal.throwIfAborted();
  const client = pool.connect();
  let onAbort = (): void => undefined;
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => reject(signal.reason as Error);
    signal.addEventListener('abort', onAbort, { once: true });
  });
  try {
    return await Promise.race([client, aborted]);
  } catch (error) {
    client.then((late) => late.release()).catch(() => undefined);
    throw error;
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

/** The server's end of a transaction: tells it apart from what a pooler gives the same process of the server later. */
interface Backend {
  pid: string;
  /** Start of the transaction, seconds. */
  since: string;
}

class OpenTransaction implements Session {
  private readonly begun: Promise<Backend>;
  /** The last statement that was put. */
  private last: Promise<unknown> = Promise.resolve();
  /** Statements that are not answered. */
  private running = 0;
  private isBroken = false;
  private isReleased = false;

  constructor(
    private readonly pool: Pool,
    private readonly client: PoolClient,
    private readonly kind: TransactionKind,
    private readonly signal: AbortSignal
  ) {
    client.on('error', this.onError);
    signal.addEventListener('abort', this.onAbort, { once: true });
    this.begun = this.begin();
    this.begun.catch(() => undefined);
  }

  async run(sql: string, values: readonly unknown[] = []): Promise<Outcome> {
    this.signal.throwIfAborted();
    const question = { text: sql, types: asStored };
    const answer = this.settled(
      this.client.query<Row>(values.length > 0 ? { ...question, values: [...values] } : question)
    );
    // What fails since the transaction did not begin fails with the reason of that.
    const { rows, rowCount } = await answer.catch(async (error: unknown) => {
      await this.begun;
      throw error;
    });
    await this.begun;
    return { rows, changed: rowCount ?? 0 };
  }

  /** Rolls back where the connection can still be used. */
  async undo(): Promise<void> {
    if (!this.isBroken) {
      await this.settled(this.client.query('ROLLBACK')).catch(this.onError);
    }
  }

  private async begin(): Promise<Backend> {
    const { mode, schema, settings = {}, statementMs } = this.kind;
    const local = { ...settings, statement_timeout: statementMs };
    const begun = await this.settled(
      this.client.query<Row>(
        [
          `BEGIN ${mode}`,
          `SET LOCAL search_path TO ${escapeIdentifier(schema)}`,
          ...Object.entries(local).map(([name, value]) => `SET LOCAL ${name} = '${value}'`),
          'SELECT CAST(pg_backend_pid() AS TEXT) AS pid, CAST(extract(epoch FROM now()) AS TEXT) AS since',
        ].join('; ')
      )
    );
    // Several statements have several results.
    return (begun as unknown as Array<{ rows: Backend[] }>).at(-1)!.rows[0]!;
  }

  /** Gives the connection back; one that is broken is closed. */
  release(): void {
    if (!this.isReleased) {
      this.isReleased = true;
      this.signal.removeEventListener('abort', this.onAbort);
      this.client.removeListener('error', this.onError);
      this.client.release(this.isBroken);
    }
  }

  private readonly onError = (): void => {
    this.isBroken = true;
  };

  /** What a late cancellation would hit on this connection is not known: it is not used again. */
  private readonly onAbort = (): void => {
    this.isBroken = true;
    if (this.running === 0) {
      this.release();
    } else {
      void this.cancel();
    }
  };

  /** What a statement gives; ends with the signal's reason where it aborts, and with an error where no answer comes. */
  private async settled<T>(statement: Promise<T>): Promise<T> {
    const { statementMs } = this.kind;
    const before = this.last;
    this.last = statement.catch(() => undefined);
    this.running++;
    let timer: NodeJS.Timeout | undefined;
    let isOver = false;
    let onAbort = (): void => undefined;
    const ended = new Promise<never>((_, reject) => {
      const endIn = (ms: number, reason: () => Error): void => {
        clearTimeout(timer);
        timer = setTimeout(() => {
          this.isBroken = true;
          reject(reason());
        }, ms);
      };
      // The server has a time for each of them.
      void before.then(() => {
        if (!isOver && !this.signal.aborted) {
          endIn(statementMs + graceMs, () => new Error('The database does not answer.'));
        }
      });
      onAbort = () => endIn(graceMs, () => this.signal.reason as Error);
      this.signal.addEventListener('abort', onAbort, { once: true });
    });
    try {
      return await Promise.race([statement, ended]);
    } catch (error) {
      this.isBroken ||= isConnectionError(error);
      throw this.signal.aborted ? this.signal.reason : isTimeOut(error) ? new SlowQueryError(statementMs) : error;
    } finally {
      isOver = true;
      this.running--;
      clearTimeout(timer);
      this.signal.removeEventListener('abort', onAbort);
    }
  }

  /**
   * By the server's own process number: the one that pg would send is a pooler's. Where the server does not say what its
   * processes do, the number has to be enough.
   */
  private async cancel(): Promise<void> {
    const backend = await this.begun.catch(() => null);
    if (backend) {
      await this.pool
        .query(
          'SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE pid = $1 ' +
            'AND coalesce(extract(epoch FROM xact_start) = $2::numeric, true)',
          [backend.pid, backend.since]
        )
        .catch(() => undefined);
    }
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

/** 57014 is the cancellation of a statement, by its time-out where nobody asked for it. Source: PostgreSQL, error codes. */
function isTimeOut(error: unknown): boolean {
  return codeOf(error) === '57014';
}

/** An error that does not come from a statement: the server did not answer it, or gave up the connection. */
function isConnectionError(error: unknown): boolean {
  return !/^[0-9A-Z]{5}$/.test(codeOf(error)) || /^(08|57P)/.test(codeOf(error));
}
