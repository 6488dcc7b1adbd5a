import type { CdrRecord } from '../cdr/record';
import type { CdrTable } from './cdr-table';
import type { Chunk, HistorySource } from './history-source';
import type { RecordReader } from './record-reader';
import { tableLayout, type TableLayout } from './table-layout';
import type { TableClock } from './table-clock';

/** Rows of one statement: short ones let Asterisk write in between, also to a MyISAM table, which a reader locks. */
const pageRows = 5_000;
/** The last rows, from which a clock without a zone learns its offset. */
const learningMs = 30 * 86_400_000;
/** MySQL's zero dates, and what PostgreSQL takes a call for that never was answered, are before it. */
const firstTime = 86_400_000 * 365;

/** History in a database table. */
export class TableSource implements HistorySource {
  readonly stretches = {
    between: (from: number, to: number) => this.pages(this.bound(from), this.bound(to)),
    count: (from: number, to: number) => this.table.count(this.layout.time, this.bound(from), this.bound(to)),
  };

  private constructor(
    private readonly table: CdrTable,
    private readonly layout: TableLayout,
    private readonly reader: RecordReader,
    private readonly clock: TableClock,
    private readonly timeIsNumber: boolean
  ) {}

  /** @throws ImportError when the table has not the columns it takes */
  static async open(
    table: CdrTable,
    columns: Readonly<Record<string, string>>,
    reader: RecordReader,
    clock: TableClock
  ): Promise<TableSource> {
    const found = await table.columns();
    const layout = tableLayout(
      found.map(({ name }) => name),
      columns
    );
    const timeIsNumber = found.some(({ name, isNumber }) => name === layout.time && isNumber);
    const source = new TableSource(table, layout, reader, clock, timeIsNumber);
    await source.learn();
    return source;
  }

  size(position: string, since: number): Promise<number> {
    return this.table.count(this.layout.time, this.start(position, since), null);
  }

  history(position: string, since: number): AsyncIterable<Chunk> {
    return this.pages(this.start(position, since), null);
  }

  close(): Promise<void> {
    return this.table.close();
  }

  /** A page begins with the rows of the second that the one before ended in: read twice, they are stored once. */
  private async *pages(from: string, to: string | null): AsyncGenerator<Chunk> {
    const names = this.layout.columns.map(({ column }) => column);
    const time = names.indexOf(this.layout.time);
    let position = from;
    for (let limit = pageRows; ;) {
      const rows = await this.table.page(names, this.layout.time, position, to, limit);
      const last = rows.at(-1)?.[time] ?? position;
      const isLast = rows.length < limit;
      if (!isLast && rows[0]![time] === last) {
        // All of one second, or of one day that a program filled in: the page must reach beyond it.
        limit *= 2;
        continue;
      }
      const fresh = isLast ? rows : rows.filter((row) => row[time] !== last);
      yield { records: fresh.flatMap((row) => this.read(row)), position: last, read: fresh.length };
      if (isLast) {
        return;
      }
      position = last;
      limit = pageRows;
    }
  }

  private read(row: readonly string[]): CdrRecord[] {
    const fields = Object.fromEntries(this.layout.columns.map(({ field }, index) => [field, row[index]!]));
    const record = this.reader.read(fields);
    return record ? [record] : [];
  }

  private start(position: string, since: number): string {
    const earliest = this.bound(Math.max(since, firstTime));
    return position === '' ? earliest : position;
  }

  /** An instant as the column of the start has it. */
  private bound(instant: number): string {
    return this.timeIsNumber ? String(Math.floor(instant / 1000)) : this.clock.tableWall(instant);
  }

  private async learn(): Promise<void> {
    const names = this.layout.columns.map(({ column }) => column);
    const rows = await this.table.page(names, this.layout.time, this.bound(Date.now() - learningMs), null, 100);
    rows.forEach((row) => this.read(row));
  }
}
