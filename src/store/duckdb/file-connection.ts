import type { DuckDBConnection } from '@duckdb/node-api';

/** What a store asks of a connection. */
export type Connection = Pick<DuckDBConnection, 'run' | 'runAndReadAll' | 'createAppender' | 'interrupt'>;

/** What questions to a store ask of a connection. */
export interface ReadingConnection extends Pick<DuckDBConnection, 'interrupt'> {
  /** All rows of a statement, however many; others have their turn between some thousand of them. */
  readInTurns(...question: Parameters<DuckDBConnection['run']>): Promise<Array<Record<string, unknown>>>;
}

/** An interrupt that comes between two steps of a statement is lost: it is repeated until the statement ends. */
const interruptMs = 20;

/**
 * A connection that counts what runs on it, and is closed only when nothing does: DuckDB blocks for ever where a
 * connection is closed under a statement.
 */
export class FileConnection implements Connection, ReadingConnection {
  private running = 0;
  private whenIdle: Array<() => void> = [];
  private refusal: Error | null = null;
  private closing: Promise<void> | null = null;

  constructor(
    private readonly connection: DuckDBConnection,
    private readonly file: string,
    private readonly onClosed: () => void
  ) {}

  readonly run: Connection['run'] = (...question) => this.use(() => this.connection.run(...question));

  readonly runAndReadAll: Connection['runAndReadAll'] = (...question) =>
    this.use(() => this.connection.runAndReadAll(...question));

  readonly readInTurns: ReadingConnection['readInTurns'] = (...question) =>
    this.use(async () => {
      const rows: Array<Record<string, unknown>> = [];
      for await (const some of (await this.connection.run(...question)).yieldRowObjectJs()) {
        rows.push(...some);
      }
      return rows;
    });

  readonly createAppender: Connection['createAppender'] = (...table) =>
    this.use(() => this.connection.createAppender(...table));

  interrupt(): void {
    if (this.running > 0) {
      this.connection.interrupt();
    }
  }

  /** Refuses what comes, interrupts what runs, both with `reason`, and closes the connection once nothing runs. */
  close(reason: Error): Promise<void> {
    this.refusal ??= reason;
    this.closing ??= this.closeWhenIdle();
    return this.closing;
  }

  private async closeWhenIdle(): Promise<void> {
    const timer = setInterval(() => this.interrupt(), interruptMs);
    this.interrupt();
    try {
      if (this.running > 0) {
        await new Promise<void>((resolve) => this.whenIdle.push(resolve));
      }
    } finally {
      clearInterval(timer);
    }
    this.connection.closeSync();
    this.onClosed();
  }

  /** Whoever asks may not know where files are. */
  private withoutFile(error: unknown): unknown {
    if (error instanceof Error) {
      error.message = error.message.replaceAll(this.file, 'the file');
    }
    return error;
  }

  private async use<T>(task: () => Promise<T>): Promise<T> {
    if (this.refusal) {
      throw this.refusal;
    }
    this.running++;
    try {
      return await task();
    } catch (error) {
      throw this.refusal ?? this.withoutFile(error);
    } finally {
      this.running--;
      if (this.running === 0) {
        this.whenIdle.splice(0).forEach((resolve) => resolve());
      }
    }
  }
}
