import type { Scan, ScanSelection } from '../store';
import { StoreClosedError } from '../store-closed-error';
import { DuckDbAnswers, type PageMark, type RowFact } from './duckdb-answers';
import type { FileConnection } from './file-connection';
import { interruptible } from './readers';
import type { Table } from './table';

/** Large enough that a million rows are not many questions, small enough that reading one holds nobody up. */
const pageRows = 5_000;

/**
 * Reads rows page by page in one transaction, so that it sees the store of one moment, and holds one page at a time. The
 * pages are cut beforehand by (start time, row id), which takes little; a sort of all rows would take as much memory as they.
 */
export class DuckDbScan<T extends object> implements Scan<T> {
  private readonly answers: DuckDbAnswers;
  private marks: PageMark[] = [];

  private constructor(
    private readonly connection: FileConnection,
    private readonly fact: RowFact,
    private readonly table: Table<T>,
    private readonly selection: ScanSelection,
    private readonly signal: AbortSignal | undefined
  ) {
    this.answers = new DuckDbAnswers({
      runAndReadAll: (sql, values, asked) =>
        interruptible(connection, asked, () => connection.runAndReadAll(sql, values)),
    });
  }

  /** The connection is the scan's own from then on. */
  static async open<T extends object>(
    connection: FileConnection,
    fact: RowFact,
    table: Table<T>,
    selection: ScanSelection,
    signal?: AbortSignal
  ): Promise<DuckDbScan<T>> {
    const scan = new DuckDbScan(connection, fact, table, selection, signal);
    try {
      await connection.run('BEGIN TRANSACTION READ ONLY');
      scan.marks = await scan.answers.markPages(fact, selection, pageRows, signal);
      return scan;
    } catch (error) {
      await scan.close();
      throw error;
    }
  }

  get total(): number {
    return this.marks.at(-1)?.rows ?? 0;
  }

  customLabels(): Promise<string[]> {
    return this.answers.customLabels(this.fact, this.selection, this.signal);
  }

  async *pages(): AsyncIterable<T[]> {
    for (const [index, mark] of this.marks.entries()) {
      yield await this.answers.page(this.fact, this.table, this.selection, this.marks[index - 1], mark, this.signal);
    }
  }

  close(): Promise<void> {
    return this.connection.close(new StoreClosedError());
  }
}
