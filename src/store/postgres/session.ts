import { escapeIdentifier, type Pool, type PoolClient } from 'pg';
import { SlowQueryError } from '../slow-query-error';
import { asStored } from './value-types';

export type Row = Record<string, unknown>;

export interface Outcome {
  rows: Row[];
  /** Rows that were written or removed. */
  changed: number;
}

/** Statements of one transaction. */
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
 * @throws SlowQueryError, the signal's reason, or the error of the task
 */
export async function inTransaction<T>(
  pool: Pool,
  kind: TransactionKind,
  task: (session: Session) => Promise<T>,
  signal = new AbortController().signal
): Promise<T> {
  const open = new OpenTransaction(pool, await connected(pool, signal), kind.statementMs, signal);
  try {
    await open.begin(kind);
    const result = await task(open);
    await open.run('COMMIT');
    return result;
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

class OpenTransaction implements Session {
  /** Process of the server that the transaction has to itself. */
  private backend: number | null = null;
  private isBroken = false;
  private isReleased = false;
  private isRunning = false;

  constructor(
    private readonly pool: Pool,
    private readonly client: PoolClient,
    private readonly statementMs: number,
    private readonly signal: AbortSignal
  ) {
    client.on('error', this.onError);
    signal.addEventListener('abort', this.onAbort, { once: true });
  }

  async begin({ mode, schema, settings = {}, statementMs }: TransactionKind): Promise<void> {
    const local = { ...settings, statement_timeout: statementMs };
    const begun = await this.settled(
      this.client.query<Row>(
        [
          `BEGIN ${mode}`,
          `SET LOCAL search_path TO ${escapeIdentifier(schema)}`,
          ...Object.entries(local).map(([name, value]) => `SET LOCAL ${name} = '${value}'`),
          'SELECT pg_backend_pid() AS backend',
        ].join('; ')
      )
    );
    // Several statements have several results.
    this.backend = Number((begun as unknown as Array<{ rows: Row[] }>).at(-1)!.rows[0]!.backend);
  }

  async run(sql: string, values: readonly unknown[] = []): Promise<Outcome> {
    this.signal.throwIfAborted();
    const question = { text: sql, types: asStored };
    const { rows, rowCount } = await this.settled(
      this.client.query<Row>(values.length > 0 ? { ...question, values: [...values] } : question)
    );
    return { rows, changed: rowCount ?? 0 };
  }

  /** Rolls back where the connection can still be used. */
  async undo(): Promise<void> {
    if (!this.isBroken) {
      await this.settled(this.client.query('ROLLBACK')).catch(this.onError);
    }
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
    if (!this.isRunning) {
      this.release();
    }
  };

  /** What a statement gives; ends with the signal's reason where it aborts, and with an error where no answer comes. */
  private async settled<T>(statement: Promise<T>): Promise<T> {
    this.isRunning = true;
    let timer: NodeJS.Timeout | undefined;
    let cancel = (): void => undefined;
    const ended = new Promise<never>((_, reject) => {
      const endIn = (ms: number, reason: () => Error): void => {
        clearTimeout(timer);
        timer = setTimeout(() => {
          this.isBroken = true;
          reject(reason());
        }, ms);
      };
      endIn(this.statementMs + graceMs, () => new Error('The database does not answer.'));
      cancel = () => {
        endIn(graceMs, () => this.signal.reason as Error);
        void this.cancel();
      };
      this.signal.addEventListener('abort', cancel, { once: true });
    });
    try {
      return await Promise.race([statement, ended]);
    } catch (error) {
      statement.catch(() => undefined);
      this.isBroken ||= isConnectionError(error);
      throw this.signal.aborted ? this.signal.reason : isTimeOut(error) ? new SlowQueryError(this.statementMs) : error;
    } finally {
      this.isRunning = false;
      clearTimeout(timer);
      this.signal.removeEventListener('abort', cancel);
    }
  }

  /** By the server's own process number: the one that pg would send is a pooler's. */
  private async cancel(): Promise<void> {
    if (this.backend !== null) {
      await this.pool.query('SELECT pg_cancel_backend($1)', [this.backend]).catch(() => undefined);
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
