import { parse } from 'csv-parse';
import type { FileHandle } from 'node:fs/promises';
import type { CdrRecord } from '../cdr/record';
import { csvRow } from './csv-row';
import type { Chunk, HistorySource } from './history-source';
import { ImportError } from './import-error';
import type { RecordReader } from './record-reader';

const chunkRows = 2_000;
/** Lines that are none of cdr_csv's before any that is: it is another file. */
const patience = 100;
const newline = 10;

interface Line {
  record: string[];
  /** Bytes up to the end of the line. */
  info: { bytes: number };
}

/** History in a Master.csv. A position is `<inode>:<bytes>`: a file that was rotated is read from its beginning. */
export class CsvSource implements HistorySource {
  readonly stretches = null;
  private understood = 0;
  private foreign = 0;

  constructor(
    private readonly file: FileHandle,
    private readonly reader: RecordReader
  ) {}

  async size(position: string): Promise<number> {
    return (await this.end()) - (await this.begin(position));
  }

  async *history(position: string, since: number): AsyncGenerator<Chunk> {
    const begin = await this.begin(position);
    const end = await this.end();
    if (end <= begin) {
      return;
    }
    const { ino } = await this.file.stat();
    const bytes = this.file.createReadStream({ start: begin, end: end - 1, autoClose: false });
    const lines = bytes.pipe(
      parse({ info: true, relax_column_count: true, relax_quotes: true, skip_empty_lines: true })
    );
    bytes.on('error', (error) => lines.destroy(error));
    let records: CdrRecord[] = [];
    let rows = 0;
    let read = 0;
    let done = 0;
    for await (const { record: values, info } of lines as AsyncIterable<Line>) {
      const record = this.read(values);
      if (record && record.startTime! >= since) {
        records.push(record);
      }
      read = info.bytes;
      if (++rows % chunkRows === 0) {
        yield { records, position: `${ino}:${begin + read}`, read: read - done };
        records = [];
        done = read;
      }
    }
    yield { records, position: `${ino}:${end}`, read: end - begin - done };
  }

  async close(): Promise<void> {
    await this.file.close();
  }

  private read(values: string[]): CdrRecord | null {
    const row = csvRow(values);
    if (row === null) {
      this.foreign++;
      if (this.understood === 0 && this.foreign >= patience) {
        throw new ImportError(
          `The file is not a Master.csv of Asterisk's cdr_csv: a line has ${values.length} columns, 16 to 21 were expected.`
        );
      }
      return null;
    }
    this.understood++;
    return this.reader.read(row);
  }

  private async begin(position: string): Promise<number> {
    const [inode, bytes] = position.split(':').map(Number);
    const { ino, size } = await this.file.stat();
    return inode === ino && bytes! <= size ? bytes! : 0;
  }

  /** End of the last whole line: Asterisk may be writing the next one. */
  private async end(): Promise<number> {
    const { size } = await this.file.stat();
    const buffer = Buffer.alloc(64 * 1024);
    for (let to = size; to > 0;) {
      const from = Math.max(0, to - buffer.length);
      await this.file.read(buffer, 0, to - from, from);
      const last = buffer.subarray(0, to - from).lastIndexOf(newline);
      if (last >= 0) {
        return from + last + 1;
      }
      to = from;
    }
    return 0;
  }
}
