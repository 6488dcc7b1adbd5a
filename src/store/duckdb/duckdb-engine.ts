import { EMPTY } from 'rxjs';
import type { Gap } from '../../cdr/gap';
import { gapSentence } from '../../answers/gap-notice';
import { english } from '../../sentences/english';
import type { RowKind, RowKinds } from '../../answers/row-columns';
import type { EngineQuestions, EngineSupports, StoreEngine, Transaction } from '../engine';
import { SqlQuestions } from '../sql/sql-questions';
import { alone } from '../sharing';
import type { Scan, ScanSelection } from '../store';
import { Writes } from '../writes';
import { Acknowledgements, findLost, type Found } from './acknowledgements';
import { keepLog } from './damaged-log';
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
  static readonly supports: EngineSupports = { severalWriters: false };
  readonly supports = DuckDbEngine.supports;
  readonly sharing = alone;
  readonly elsewhere = EMPTY;
  readonly questions: EngineQuestions;
  private readonly writes = new Writes();
  private closing: Promise<void> | null = null;

  private constructor(
    private readonly file: DuckDbFile,
    private readonly writer: FileConnection,
    readers: Readers,
    private readonly calls: DuckDbCalls,
    /** PBXes of which the write under way stores something. */
    private readonly servers: Set<string>,
    /** Null for a store in memory, which can lose nothing. */
    private readonly acknowledgements: Acknowledgements | null
  ) {
    this.questions = new SqlQuestions(readers, { dialect: duckdbDialect });
  }

  /** @throws Error when the file can't be opened, is locked by another process or is of a newer version */
  static async open(path: string, onNotice?: (notice: string) => void): Promise<DuckDbEngine> {
    const file = await DuckDbFile.open(path);
    let found: Found | null = null;
    try {
      const writer = await file.connect();
      found = path === ':memory:' ? null : await findLost(path, writer);
      const isLost = found !== null && found.lost.length > 0;
      const keptLog = file.keptLog ?? (isLost ? await keepLog(path) : null);
      if (isLost || keptLog) {
        onNotice?.(noticeOf(found?.lost ?? [], keptLog));
      }
      await migrate(writer);
      const acknowledgements = found && (await Acknowledgements.begin(found, writer));
      const servers = new Set<string>();
      const calls = await DuckDbCalls.open(writer, servers);
      return new DuckDbEngine(file, writer, await Readers.open(file), calls, servers, acknowledgements);
    } catch (error) {
      await found?.mark.close();
      await file.close();
      throw error;
    }
  }

  /** True when DuckDB gave up a file, such as after a checkpoint on a full disk: it has to be opened anew. */
  static isFatal(error: unknown): boolean {
    return /FATAL|database has been invalidated/.test(String(error));
  }

  write<T>(task: (transaction: Transaction) => Promise<T>): Promise<T> {
    return this.writes.run(async () => {
      const effects: Array<() => void> = [];
      this.servers.clear();
      await this.writer.run('BEGIN');
      try {
        const result = await task({
          calls: this.calls,
          logbook: new DuckDbLogbook(this.writer, this.servers),
          afterCommit: (effect) => effects.push(effect),
        });
        if (this.servers.size > 0) {
          await this.acknowledgements?.count();
        }
        await this.writer.run('COMMIT');
        if (this.servers.size > 0) {
          await this.acknowledgements?.acknowledge(this.servers);
        }
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

  isAtFault(error: unknown): boolean {
    const text = String(error);
    const isOfData = /^(\w*Error: )?(Conversion|Constraint|Out of Range|Invalid Input|Invalid type) Error/i.test(text);
    const isOfCode = error instanceof TypeError || error instanceof RangeError || error instanceof SyntaxError;
    return (isOfData || isOfCode) && !DuckDbEngine.isFatal(error) && !/IO Error|allocation/i.test(text);
  }

  /** What was to be written before is written; questions end with a StoreClosedError, as does all that comes after. */
  close(): Promise<void> {
    this.closing ??= this.file.close(this.writer, this.writes.end()).then(() => this.acknowledgements?.close());
    return this.closing;
  }
}

function noticeOf(lost: readonly Gap[], keptLog: string | null): string {
  return [
    ...lost.map((gap) => `${english([gapSentence(gap)])} The time is marked as a gap.`),
    ...(keptLog
      ? [`The damaged log of the store is kept as ${keptLog}. What can be read from it is in the store.`]
      : []),
  ].join(' ');
}
