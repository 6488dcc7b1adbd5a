import { Subject } from 'rxjs';
import type { Pool } from 'pg';
import type { RowKind, RowKinds } from '../../answers/row-columns';
import type {
  CallChange,
  EngineQuestions,
  EngineSupports,
  ForeignChange,
  StoreEngine,
  Transaction,
  Writer,
} from '../engine';
import { alone } from '../sharing';
import { SqlQuestions } from '../sql/sql-questions';
import type { Scan, ScanSelection } from '../store';
import { StoreClosedError } from '../store-closed-error';
import { isAtFault } from './is-at-fault';
import { migrate } from './migrate';
import { Months } from './months';
import { PostgresCalls } from './postgres-calls';
import { postgresDialect } from './postgres-dialect';
import { PostgresLogbook } from './postgres-logbook';
import { PostgresReaders } from './postgres-readers';
import { PostgresScan } from './postgres-scan';
import { inTransaction, type Session } from './session';
import { storeLock } from './store-lock';
import { Turns } from './turns';

export interface PostgresOptions {
  /** The store's own, which is made where it is not there. */
  schema: string;
  /** Spreads the tables over the nodes of a Citus cluster. */
  citus: boolean;
  /** How long a question may take, its wait included. Milliseconds, 30,000 by default. */
  questionMs?: number;
  /** Hears what an Admin should know of the store, for the log. */
  onNotice?: (notice: string) => void;
}

/** What a transaction wrote, for those who say it to other processes. */
export interface Written {
  calls: CallChange[];
  /** All that began before was removed; null where nothing was. Epoch milliseconds. */
  removedBefore: number | null;
}

/** A question, a scan, the write and a cancellation each have a connection at the same time. */
export const fewestConnections = 4;

/** A write is a batch; its last statement may move some months of an import. Milliseconds. */
const writeMs = 60_000;
/** A process that is stopped in the middle of a write holds up the others no longer. Milliseconds. */
const idleMs = 20_000;
/** All rows of a large store are counted before the first of them is given. Milliseconds. */
const scanMs = 300_000;

/**
 * A schema of a PostgreSQL database. Writes of all processes go one after the other; questions see whole batches and never
 * wait for one.
 */
export class PostgresEngine implements StoreEngine {
  static readonly supports: EngineSupports = { severalWriters: true };
  readonly supports = PostgresEngine.supports;
  readonly sharing = alone;
  readonly elsewhere = new Subject<ForeignChange>();
  readonly questions: EngineQuestions;
  private readonly closed = new AbortController();
  private readonly scans = new Turns(1);
  private readonly months: Months;
  private writing: Promise<unknown> = Promise.resolve();
  private closing: Promise<void> | null = null;

  private constructor(
    private readonly pool: Pool,
    private readonly schema: string,
    questionMs = 30_000
  ) {
    const readers = Math.max(1, (pool.options.max ?? 10) - fewestConnections + 1);
    this.questions = new SqlQuestions(
      new PostgresReaders(pool, schema, readers, questionMs, this.closed.signal),
      postgresDialect
    );
    this.months = new Months(schema);
  }

  /**
   * @param pool the engine's own from then on
   * @throws Error when the database can't be reached or the schema is of a newer version
   */
  static async open(pool: Pool, { schema, citus, questionMs }: PostgresOptions): Promise<PostgresEngine> {
    // A connection that breaks while it is idle is replaced by the next one.
    pool.on('error', () => undefined);
    try {
      await migrate(pool, schema, citus);
      return new PostgresEngine(pool, schema, questionMs);
    } catch (error) {
      await pool.end();
      throw error;
    }
  }

  write<T>(task: (transaction: Transaction) => Promise<T>, by: Writer): Promise<T> {
    void by;
    return this.exclusively(async () => {
      const effects: Array<() => void> = [];
      const settings = { idle_in_transaction_session_timeout: idleMs };
      const kind = { mode: 'READ WRITE', schema: this.schema, settings, statementMs: writeMs } as const;
      const result = await inTransaction(this.pool, kind, async (session) => {
        await session.run(...storeLock(this.schema));
        const written: Written = { calls: [], removedBefore: null };
        const calls = new PostgresCalls(
          session,
          this.months,
          (changes) => written.calls.push(...changes),
          (before) => (written.removedBefore = before)
        );
        const logbook = new PostgresLogbook(session);
        const done = await task({ calls, logbook, afterCommit: (effect) => effects.push(effect) });
        await this.beforeCommit(session, written);
        return done;
      });
      effects.forEach((effect) => effect());
      return result;
    });
  }

  scan<K extends RowKind, R>(
    kind: K,
    selection: ScanSelection,
    look: (scan: Scan<RowKinds[K]>) => Promise<R>,
    signal?: AbortSignal
  ): Promise<R> {
    const end = AbortSignal.any([this.closed.signal, ...(signal ? [signal] : [])]);
    const mode = 'ISOLATION LEVEL REPEATABLE READ READ ONLY';
    const transaction = { mode, schema: this.schema, statementMs: scanMs } as const;
    const read = () =>
      inTransaction(
        this.pool,
        transaction,
        async (session) => look(await PostgresScan.open(session, kind, selection)),
        end
      );
    return this.scans.take(read, end);
  }

  isAtFault(error: unknown): boolean {
    return isAtFault(error);
  }

  /** What was to be written before is written; questions end with a StoreClosedError, as does all that comes after. */
  close(): Promise<void> {
    this.closing ??= this.end();
    return this.closing;
  }

  private async end(): Promise<void> {
    this.closed.abort(new StoreClosedError());
    await this.writing;
    await this.pool.end();
    this.elsewhere.complete();
  }

  /** The last of a write, within its transaction. */
  private async beforeCommit(session: Session, written: Written): Promise<void> {
    void session;
    void written;
  }

  /** One after the other, in order. */
  private exclusively<T>(task: () => Promise<T>): Promise<T> {
    if (this.closing) {
      return Promise.reject(new StoreClosedError());
    }
    const result = this.writing.then(task);
    this.writing = result.catch(() => undefined);
    return result;
  }
}
