import type { RowKind, RowKinds } from '../../answers/row-columns';
import type { EngineQuestions, StoreEngine, Transaction } from '../engine';
import { SqlQuestions } from '../sql/sql-questions';
import type { Scan, ScanSelection } from '../store';
import { StoreClosedError } from '../store-closed-error';
import { DuckDbCalls } from './duckdb-calls';
import { duckdbDialect } from './duckdb-dialect';
import { DuckDbFile } from './duckdb-file';
import { DuckDbLogbook } from './duckdb-logbook';
import { DuckDbScan } from './duckdb-scan';
import type { FileConnection } from './file-connection';
import { migrate } from './migrate';
import { Readers } from './readers';

/**
 * One DuckDB file. Writes go through one connection, one transaction after the other; questions through others, so that
 * a panel sees whole batches and never waits for one.
 */
export class DuckDbEngine implements StoreEngine {
  readonly supports = { severalWriters: false };
  readonly questions: EngineQuestions;
  private writing: Promise<unknown> = Promise.resolve();
  private isClosing = false;

  private constructor(
    private readonly file: DuckDbFile,
    private readonly writer: FileConnection,
    readers: Readers,
    private readonly calls: DuckDbCalls
  ) {
    this.questions = new SqlQuestions(readers, duckdbDialect);
  }

  /** @throws Error when the file can't be opened, is locked by another process or is of a newer version */
  static async open(path: string, onNotice?: (notice: string) => void): Promise<DuckDbEngine> {
    const file = await DuckDbFile.open(path);
    try {
      if (file.keptLog) {
        onNotice?.(
          `The log of the store was damaged. It is kept as ${file.keptLog}, and what could be read of it is in the store`
        );
      }
      const writer = await file.connect();
      await migrate(writer);
      const calls = await DuckDbCalls.open(writer);
      return new DuckDbEngine(file, writer, await Readers.open(file), calls);
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  /** True when DuckDB gave up a file, such as after a checkpoint on a full disk: it has to be opened anew. */
  static isFatal(error: unknown): boolean {
    return /FATAL|database has been invalidated/.test(String(error));
  }

  write<T>(task: (transaction: Transaction) => Promise<T>): Promise<T> {
    return this.exclusively(async () => {
      const effects: Array<() => void> = [];
      await this.writer.run('BEGIN');
      try {
        const result = await task({
          calls: this.calls,
          logbook: new DuckDbLogbook(this.writer),
          afterCommit: (effect) => effects.push(effect),
        });
        await this.writer.run('COMMIT');
        effects.forEach((effect) => effect());
        return result;
      } catch (error) {
        await this.writer.run('ROLLBACK').catch(() => undefined);
        throw error;
      }
    });
  }

  async scan<K extends RowKind, R>(
    kind: K,
    selection: ScanSelection,
    look: (scan: Scan<RowKinds[K]>) => Promise<R>,
    signal?: AbortSignal
  ): Promise<R> {
    const scan = await DuckDbScan.open(await this.file.connect(), kind, selection, signal);
    try {
      return await look(scan);
    } finally {
      await scan.close();
    }
  }

  /** What was to be written before is written; questions end with a StoreClosedError, as does all that comes after. */
  close(): Promise<void> {
    this.isClosing = true;
    return this.file.close(this.writer, this.writing);
  }

  /** One after the other, in order. */
  private exclusively<T>(task: () => Promise<T>): Promise<T> {
    if (this.isClosing) {
      return Promise.reject(new StoreClosedError());
    }
    const result = this.writing.then(task);
    this.writing = result.catch(() => undefined);
    return result;
  }
}
