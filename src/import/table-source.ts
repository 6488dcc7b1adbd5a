import type { CdrTable, TimeRange } from './cdr-table';
import type { Chunk, HistorySource } from './history-source';
import { sentence } from '../sentences/sentence';
import { ImportError } from './import-error';
import { notedPosition, positionText } from './noted-position';
import type { RowReader } from './row-reader';
import type { TableClock } from './table-clock';
import { tableLayout, type ColumnPlan, type TableLayout } from './table-layout';

/** Rows of one statement: short ones let Asterisk write in between, also to a MyISAM table, which a reader locks. */
const pageRows = 5_000;
/** Rows of one time: where a program filled in but the day, a day has many; no PBX has more. */
const mostOfOneTime = 1_000_000;
/** The last rows, from which a clock without a zone learns its offset and it is seen how ids are kept. */
const learningRows = 100;
const hour = 3_600_000;
const day = 24 * hour;
/** MySQL's zero dates, and what PostgreSQL takes a call for that never was answered, are before it. */
const firstTime = day * 365;
/** No record begins later than the clocks of the PBX and of Grafana are apart. */
const latestMs = 2 * day;
/** So that epochs are in order where they are texts. */
const epochDigits = 10;
/** What a clock without a zone may have changed by since the stretch that is asked for. */
const unknownChange = 2 * hour;

/** History in a database table. */
export class TableSource implements HistorySource {
  readonly stretches: HistorySource['stretches'];

  private constructor(
    private readonly table: CdrTable,
    private readonly layout: TableLayout,
    private readonly reader: RowReader,
    private readonly clock: TableClock,
    private timeIsNumber: boolean,
    onlyGrows: boolean
  ) {
    this.stretches = onlyGrows
      ? null
      : {
          between: (from, to) => this.pages(this.stretch(from, to)),
          count: (from, to) => this.table.count(this.range(this.bound(from), this.bound(to))),
        };
  }

  /** @throws ImportError when the table has not the columns it takes */
  static async open(
    table: CdrTable,
    columns: Readonly<Record<string, string>>,
    reader: RowReader,
    clock: TableClock,
    { plan, onlyGrows }: { plan: ColumnPlan; onlyGrows: boolean }
  ): Promise<TableSource> {
    const found = await table.columns();
    const layout = tableLayout(
      found.map(({ name }) => name),
      columns,
      plan
    );
    const timeIsNumber = found.some(({ name, isNumber }) => name === layout.time && isNumber);
    const source = new TableSource(table, layout, reader, clock, timeIsNumber, onlyGrows);
    await source.learn();
    return source;
  }

  size(position: string, since: number): Promise<number> {
    return this.table.count(this.since(notedPosition(position).place, since));
  }

  history(position: string, since: number): AsyncIterable<Chunk> {
    const { place, note } = notedPosition(position);
    return this.pages(this.since(place, since), note);
  }

  /** Rows stay where they are. */
  continues(): Promise<boolean> {
    return Promise.resolve(true);
  }

  close(): Promise<void> {
    return this.table.close();
  }

  /**
   * Each page begins after the last time of the one before, whose rows it does not split: those of the page's last time
   * are read with the next one, and where they fill a page, by themselves.
   */
  private async *pages(wanted: TimeRange, note = ''): AsyncGenerator<Chunk> {
    this.reader.begin(note);
    for (let range = wanted; ;) {
      const rows = await this.table.page(this.columns, range, 'first', pageRows);
      const last = rows.at(-1)?.[this.timePlace] ?? range.from;
      if (rows.length < pageRows) {
        yield this.chunk(rows, last);
        return;
      }
      if (rows[0]![this.timePlace] === last) {
        yield* this.pagesOfTime(last);
        range = { ...range, from: last, isAfter: true };
      } else {
        yield this.chunk(
          rows.filter((row) => row[this.timePlace] !== last),
          last
        );
        range = { ...range, from: last, isAfter: false };
      }
    }
  }

  private async *pagesOfTime(value: string): AsyncGenerator<Chunk> {
    const { time: column, order } = this.layout;
    for (let offset = 0; ; offset += pageRows) {
      const rows = await this.table.pageOfTime(this.columns, { column, value, order }, offset, pageRows);
      yield this.chunk(rows, value);
      if (rows.length < pageRows) {
        return;
      }
      if (offset >= mostOfOneTime) {
        throw new ImportError([
          sentence('import.same-start', { rows: mostOfOneTime, value: JSON.stringify(value), column }),
        ]);
      }
    }
  }

  private chunk(rows: readonly string[][], place: string): Chunk {
    const read = this.reader.readAll(rows.map((row) => this.fieldsOf(row)));
    return { ...read, position: positionText({ place, note: this.reader.note }), read: rows.length };
  }

  private fieldsOf(row: readonly string[]): Record<string, string> {
    return Object.fromEntries(this.layout.columns.map(({ field }, index) => [field, row[index]!]));
  }

  private get columns(): string[] {
    return this.layout.columns.map(({ column }) => column);
  }

  private get timePlace(): number {
    return this.columns.indexOf(this.layout.time);
  }

  private since(position: string, since: number): TimeRange {
    return this.range(
      position || this.bound(Math.max(since, firstTime)),
      this.bound(Math.min(Date.now() + latestMs, this.reader.until))
    );
  }

  private stretch(from: number, to: number): TimeRange {
    const slack = this.reader.zoneIsSet || this.timeIsNumber ? 0 : unknownChange;
    return this.range(this.bound(from - slack), this.bound(to + slack));
  }

  private range(from: string, to: string): TimeRange {
    return { column: this.layout.time, from, to };
  }

  /** An instant as the column of the start has it. */
  private bound(instant: number): string {
    return this.timeIsNumber
      ? String(Math.floor(instant / 1000)).padStart(epochDigits, '0')
      : this.clock.tableWall(instant);
  }

  private async learn(): Promise<void> {
    const rows = await this.lastRows();
    this.reader.learn(rows.map((row) => this.fieldsOf(row)).reverse());
  }

  /** Old tables have epoch seconds in a column of texts, which no wall clock is near. */
  private async lastRows(): Promise<string[][]> {
    const last = (): Promise<string[][]> => this.table.page(this.columns, this.since('', 0), 'last', learningRows);
    const rows = await last();
    if (rows.length > 0 || this.timeIsNumber) {
      return rows;
    }
    this.timeIsNumber = true;
    const ofEpochs = await last().catch(() => []);
    this.timeIsNumber = ofEpochs.length > 0;
    return ofEpochs;
  }
}
