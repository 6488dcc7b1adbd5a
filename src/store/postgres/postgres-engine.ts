import { hostname } from 'node:os';
import type { Pool } from 'pg';
import type { Observable } from 'rxjs';
import type { CallId, CallParts } from '../../cdr/call-parts';
import type { RowKind, RowKinds } from '../../answers/row-columns';
import { poolSizes } from '../../settings/store-settings';
import type {
  CallChange,
  EngineQuestions,
  EngineSupports,
  ForeignChange,
  StoreEngine,
  Transaction,
  Writer,
} from '../engine';
import { NotHolderError } from '../not-holder-error';
import type { Scan, ScanSelection } from '../store';
import { StoreClosedError } from '../store-closed-error';
import { Writes } from '../writes';
import { feedChange } from './change-feed';
import { isAtFault } from './is-at-fault';
import { migrate } from './migrate';
import { Months } from './months';
import { PostgresCalls } from './postgres-calls';
import { PostgresLogbook } from './postgres-logbook';
import { PostgresQuestions } from './postgres-questions';
import { PostgresReaders } from './postgres-readers';
import { PostgresScan } from './postgres-scan';
import { PostgresSharing } from './postgres-sharing';
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
  /** This process never writes for others: it stores what they did not hear, if it hears anything, and answers. */
  onlyAnswers?: boolean;
  /** Hears what an Admin should know of the store, for the log. */
  onNotice?: (notice: string) => void;
}

/** What a transaction wrote, for those who say it to other processes. */
export interface Written {
  calls: CallChange[];
  /** All that began before was removed; null where nothing was. Epoch milliseconds. */
  removedBefore: number | null;
}

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
  readonly sharing: PostgresSharing;
  private readonly scans = new Turns(1);
  private readonly months: Months;
  private readonly writes = new Writes();
  private closing: Promise<void> | null = null;

  private readonly schema: string;

  private constructor(
    private readonly pool: Pool,
    { schema, onlyAnswers = false }: PostgresOptions,
    readonly questions: EngineQuestions,
    private readonly closed: AbortController
  ) {
    this.schema = schema;
    this.months = new Months(schema);
    const name = `${hostname()}, process ${process.pid}`;
    this.sharing = new PostgresSharing(pool, { schema, name, onlyAnswers, read: (ids) => this.read(ids) });
  }

  /**
   * @param pool the engine's own from then on
   * @throws Error when the database can't be reached or the schema is of a newer version
   */
  static async open(pool: Pool, options: PostgresOptions): Promise<PostgresEngine> {
    // A connection that breaks while it is idle is replaced by the next one.
    pool.on('error', () => undefined);
    try {
      const { schema, citus, questionMs = 30_000 } = options;
      await migrate(pool, schema, citus);
      const closed = new AbortController();
      const count = Math.max(1, (pool.options.max ?? 10) - poolSizes.least + 1);
      const readers = new PostgresReaders(pool, schema, count, questionMs, closed.signal);
      const engine = new PostgresEngine(pool, options, await PostgresQuestions.to(readers), closed);
      await engine.sharing.tick();
      return engine;
    } catch (error) {
      await pool.end();
      throw error;
    }
  }

  get elsewhere(): Observable<ForeignChange> {
    return this.sharing.changes;
  }

  write<T>(task: (transaction: Transaction) => Promise<T>, by: Writer): Promise<T> {
    return this.writes.run(async () => {
      if (by === 'anyone') {
        // What others have stored already holds up nobody's writes.
        const found = await this.transact(task, 'READ ONLY', async () => undefined).catch((error: unknown) =>
          isReadOnly(error) ? null : Promise.reject(error as Error)
        );
        if (found) {
          return found.result;
        }
      }
      const begin = async (session: Session): Promise<void> => {
        await session.run(...storeLock(this.schema));
        if (by === 'holder') {
          await this.checkLease(session);
        }
      };
      return (await this.transact(task, 'READ WRITE', begin)).result;
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
    await this.writes.end();
    await this.sharing.close();
    await this.pool.end();
  }

  private async transact<T>(
    task: (transaction: Transaction) => Promise<T>,
    mode: 'READ ONLY' | 'READ WRITE',
    begin: (session: Session) => Promise<void>
  ): Promise<{ result: T }> {
    const effects: Array<() => void> = [];
    const settings = { idle_in_transaction_session_timeout: idleMs };
    const kind = { mode, schema: this.schema, settings, statementMs: writeMs };
    const result = await inTransaction(this.pool, kind, async (session) => {
      await begin(session);
      const written: Written = { calls: [], removedBefore: null };
      const calls = new PostgresCalls(
        session,
        this.months,
        (changes) => written.calls.push(...changes),
        (before) => (written.removedBefore = before)
      );
      const logbook = new PostgresLogbook(session);
      const done = await task({ calls, logbook, afterCommit: (effect) => effects.push(effect) });
      await calls.written();
      await this.beforeCommit(session, written);
      return done;
    });
    effects.forEach((effect) => effect());
    return { result };
  }

  /** Writes of the next holder wait for this one, so that what was true here stays true until it is durable. */
  private async checkLease(session: Session): Promise<void> {
    const { process, epoch } = this.sharing;
    const { rows } = await session.run('SELECT true AS held FROM lease WHERE holder = $1 AND epoch = $2::bigint', [
      process,
      epoch,
    ]);
    if (rows.length === 0) {
      this.sharing.lost();
      throw new NotHolderError();
    }
  }

  private read(ids: readonly CallId[]): Promise<Map<string, CallParts>> {
    const kind = { mode: 'READ ONLY', schema: this.schema, statementMs: writeMs } as const;
    const nothing = (): void => undefined;
    return inTransaction(this.pool, kind, (session) =>
      new PostgresCalls(session, this.months, nothing, nothing).read(ids)
    );
  }

  /** The last of a write, within its transaction. */
  private async beforeCommit(session: Session, written: Written): Promise<void> {
    await feedChange(session, this.sharing.process, written.calls, written.removedBefore);
    if (written.calls.length > 0 || written.removedBefore !== null) {
      await session.run(...this.sharing.notice());
    }
  }
}

/** A transaction that only reads was asked to write. Source: PostgreSQL, error codes. */
function isReadOnly(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === '25006';
}
