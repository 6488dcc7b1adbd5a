import type { FileHandle } from 'node:fs/promises';
import { csvColumns, unknownColumns, type CsvColumns } from './csv-columns';
import { csvLine, type CsvLine } from './csv-line';
import { csvRecord, longestRecord } from './csv-record';
import type { Chunk, HistorySource } from './history-source';
import { sentence } from '../sentences/sentence';
import { ImportError } from './import-error';
import type { RowReader } from './row-reader';

const chunkLines = 2_000;
/** Lines that are none of Asterisk's before any that is: it is another file. */
const patience = 100;
const newline = 10;

/**
 * History in a Master.csv. A position is `<inode>:<bytes>`: a file that was rotated is read from its beginning. A line that
 * can't be read takes no other with it.
 */
export class CsvSource implements HistorySource {
  readonly stretches = null;

  /** @param chosen columns by their names or numbers, where they are not those that Asterisk writes */
  constructor(
    private readonly file: FileHandle,
    private readonly reader: RowReader,
    private readonly chosen: Readonly<Record<string, string>>,
    private readonly signal: AbortSignal
  ) {}

  async size(position: string): Promise<number> {
    return (await this.end()) - (await this.begin(position));
  }

  async continues(position: string): Promise<boolean> {
    return (await this.begin(position)) > 0;
  }

  async *history(position: string, since: number): AsyncGenerator<Chunk> {
    const begin = await this.begin(position);
    const end = await this.end();
    const { ino } = await this.file.stat();
    const { columns, headerEnd } = await this.columns();
    let lines: CsvLine[] = [];
    let read = begin;
    let isKnown = begin > headerEnd;
    let last: readonly string[] = [];
    let strange = 0;
    const chunk = (to: number): Chunk => {
      const { records, problems, ...others } = this.reader.readAll(lines.flatMap(({ row }) => (row ? [row] : [])));
      const notCdr = lines.filter(({ row }) => row === null).length;
      const done = {
        ...others,
        records: records.filter(({ startTime }) => startTime! >= since),
        problems: notCdr > 0 ? { ...problems, notCdr } : problems,
        position: `${ino}:${to}`,
        read: to - read,
      };
      [lines, read] = [[], to];
      return done;
    };
    let at = Math.max(begin, headerEnd);
    for await (const line of this.lines(at, end, columns)) {
      at = line.end;
      if (line.row === null && line.values.every((value) => value.trim() === '') && line.values.length === 1) {
        continue;
      }
      lines.push(line);
      isKnown ||= line.row !== null;
      strange += Number(line.row === null);
      last = line.values;
      if (!isKnown && strange >= patience) {
        throw unknownColumns(last);
      }
      if (lines.length >= chunkLines) {
        yield chunk(at);
      }
    }
    if (!isKnown && strange > 0) {
      throw unknownColumns(last);
    }
    yield chunk(at);
  }

  async close(): Promise<void> {
    await this.file.close().catch(() => undefined);
  }

  /** Lines from one byte to another; `end` of each is that in the file. */
  private async *lines(begin: number, end: number, columns: CsvColumns): AsyncGenerator<CsvLine> {
    let bytes: Buffer = Buffer.alloc(0);
    let offset = begin;
    for (let at = 0; ;) {
      const isAll = offset + bytes.length >= end;
      const line = csvLine(bytes, at, columns, isAll);
      if (line) {
        at = line.end;
        yield { ...line, end: offset + at };
        continue;
      }
      if (isAll) {
        return;
      }
      const more = await this.read(offset + bytes.length, end);
      if (more.length === 0) {
        return;
      }
      bytes = Buffer.concat([bytes.subarray(at), more]);
      offset += at;
      at = 0;
    }
  }

  private async columns(): Promise<{ columns: CsvColumns; headerEnd: number }> {
    const first = csvRecord(await this.read(0, longestRecord), 0);
    const { columns, hasHeader } = csvColumns(first?.fields ?? [], this.chosen);
    return { columns, headerEnd: hasHeader ? first!.end : 0 };
  }

  /** @throws ImportError when the import ends */
  private async read(from: number, to: number): Promise<Buffer> {
    if (this.signal.aborted) {
      throw new ImportError([sentence('import.stopped')]);
    }
    const buffer = Buffer.alloc(Math.max(0, Math.min(2 * longestRecord, to - from)));
    const { bytesRead } = await this.file.read(buffer, 0, buffer.length, from);
    return buffer.subarray(0, bytesRead);
  }

  private async begin(position: string): Promise<number> {
    const [inode, bytes] = position.split(':').map(Number);
    const { ino, size } = await this.file.stat();
    return inode === ino && bytes! <= size ? bytes! : 0;
  }

  /** End of the last whole line: Asterisk may be writing the next one. */
  private async end(): Promise<number> {
    const { size } = await this.file.stat();
    for (let to = size; to > 0; to -= longestRecord) {
      const from = Math.max(0, to - longestRecord);
      const last = (await this.read(from, to)).lastIndexOf(newline);
      if (last >= 0) {
        return from + last + 1;
      }
    }
    return 0;
  }
}
