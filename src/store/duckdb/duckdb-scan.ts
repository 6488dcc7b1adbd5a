import type { RowKind, RowKinds } from '../../answers/row-columns';
import { SqlQuestions, type Asker } from '../sql/sql-questions';
import type { Scan, ScanSelection } from '../store';
import { StoreClosedError } from '../store-closed-error';
import { duckdbDialect } from './duckdb-dialect';
import type { FileConnection } from './file-connection';
import { rowsOf } from './readers';
import { markPages, readPage, type PageMark } from './scan-pages';

/** Large enough that a million rows are not many questions, small enough that reading one holds nobody up. */
const pageRows = 5_000;

/**
 * Reads rows page by page in one transaction, so that it sees the store of one moment, and holds one page at a time. The
 * pages are cut beforehand by (start time, row id), which takes little; a sort of all rows would take as much memory as they.
 */
export class DuckDbScan<K extends RowKind> implements Scan<RowKinds[K]> {
  private readonly asker: Asker;
  private marks: PageMark[] = [];

  private constructor(
    private readonly connection: FileConnection,
    private readonly kind: K,
    private readonly selection: ScanSelection,
    private readonly signal: AbortSignal | undefined
  ) {
    this.asker = { rows: rowsOf.bind(null, connection) };
  }

  /** The connection is the scan's own from then on. */
  static async open<K extends RowKind>(
    connection: FileConnection,
    kind: K,
    selection: ScanSelection,
    signal?: AbortSignal
  ): Promise<DuckDbScan<K>> {
    const scan = new DuckDbScan(connection, kind, selection, signal);
    try {
      await connection.run('BEGIN TRANSACTION READ ONLY');
      scan.marks = await markPages(scan.asker, kind, selection, pageRows, signal);
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
    return new SqlQuestions(this.asker, { dialect: duckdbDialect }).customLabels(
      this.kind,
      this.selection,
      this.signal
    );
  }

  async *pages(): AsyncIterable<Array<RowKinds[K]>> {
    for (const [index, mark] of this.marks.entries()) {
      yield await readPage(this.asker, this.kind, this.selection, this.marks[index - 1], mark, this.signal);
    }
  }

  close(): Promise<void> {
    return this.connection.close(new StoreClosedError());
  }
}
