import { parseQueueLogLine } from '../cdr/queue-log-line';
import { openCsvFile } from './csv-file';
import type { Chunk, HistorySource } from './history-source';
import { sentence } from '../sentences/sentence';
import { ImportError } from './import-error';
import { logFiles, type LogFile } from './log-files';
import { linesOf } from './log-lines';
import { notedPosition, positionText } from './noted-position';
import type { Row, RowReader } from './row-reader';

const chunkLines = 2_000;
const exampleLine = '"1795636024|1795636024.754|support|NONE|ENTERQUEUE||5550281|1"';

/** Lines of one second that are read at once at most. */
const mostOfOneTime = 20_000;

/** Where reading goes on: which file, after how many of its bytes, and the time of the last line. */
interface Place {
  fingerprint: string;
  bytes: number;
  /** Epoch milliseconds. */
  at: number;
}

/**
 * History in queue_log files. A position knows a file by its first line, so that reading goes on in it though it was rotated
 * or packed since. A line that can't be read takes no other with it.
 */
export class QueueLogSource implements HistorySource {
  readonly stretches = null;

  /**
   * @param folder the allowed folder; undefined where none is
   * @param file the queue_log that is written
   */
  constructor(
    private readonly folder: string | undefined,
    private readonly file: string,
    private readonly reader: RowReader,
    private readonly signal: AbortSignal
  ) {}

  async size(position: string): Promise<number> {
    const sizes = await Promise.all((await this.remaining(position)).map((log) => this.sizeOf(log)));
    return sizes.reduce((sum, size) => sum + size, 0);
  }

  async continues(position: string): Promise<boolean> {
    const place = placeOf(position);
    const files = await logFiles(this.folder, this.file);
    const isThere = files.some(({ fingerprint }) => fingerprint === place?.fingerprint);
    return place !== null && (isThere || (files[0] !== undefined && files[0].since <= place.at));
  }

  async *history(position: string, since: number): AsyncGenerator<Chunk> {
    const { note } = notedPosition(position);
    this.reader.begin(note);
    const remaining = await this.remaining(position);
    if (remaining.length === 0 && position === '' && (await this.hasText())) {
      throw new ImportError([
        sentence('import.not-queue-log', { file: JSON.stringify(this.file), example: exampleLine }),
      ]);
    }
    for (const log of remaining) {
      yield* this.linesOfFile(log, since);
    }
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  /** What is to be read: of the file of a position what follows it, and all later ones. */
  private async remaining(position: string): Promise<Array<LogFile & { from: number; isWritten: boolean }>> {
    const files = await logFiles(this.folder, this.file);
    const place = placeOf(position);
    const known = files.findIndex(({ fingerprint }) => fingerprint === place?.fingerprint);
    // Where the file is gone, those that hold later lines are read whole: what is known already is known again.
    const first = known >= 0 ? known : files.findIndex((_, n) => (files[n + 1]?.since ?? Infinity) > (place?.at ?? 0));
    return files.slice(Math.max(0, first)).map((log, n) => ({
      ...log,
      from: n === 0 && known >= 0 ? place!.bytes : 0,
      isWritten: first + n === files.length - 1,
    }));
  }

  private async *linesOfFile(
    log: LogFile & { from: number; isWritten: boolean },
    since: number
  ): AsyncGenerator<Chunk> {
    const { reader, signal } = this;
    const handle = await openCsvFile(this.folder, log.path);
    let rows: Row[] = [];
    let [notQueueLog, begin, end, last] = [0, log.from, log.from, log.since];
    let time = '';
    const chunk = (): Chunk => {
      const { events, stretches, records, problems } = reader.readAll(rows);
      const place = `${log.fingerprint}:${end}:${last}`;
      const cut = notQueueLog + (problems.notQueueLog ?? 0);
      const done = {
        records,
        events: events.filter(({ at }) => at >= since),
        stretches: stretches.filter(({ startTime }) => startTime >= since),
        problems: cut > 0 ? { ...problems, notQueueLog: cut } : problems,
        position: positionText({ place, note: reader.note }),
        read: end - begin,
      };
      [rows, notQueueLog, begin] = [[], 0, end];
      return done;
    };
    try {
      for await (const { text, end: next } of linesOf(handle, log)) {
        if (signal.aborted) {
          throw new ImportError([sentence('import.stopped')]);
        }
        const line = text === null || text.trim() === '' ? null : parseQueueLogLine(text);
        const at = line ? Number(line.time) * 1000 : null;
        if (at !== null && at > reader.until) {
          break;
        }
        // Lines of one second stay together: their order is that of the file.
        const isApart = line !== null && line.time !== time;
        if (rows.length >= mostOfOneTime || (rows.length + notQueueLog >= chunkLines && isApart)) {
          yield chunk();
        }
        if (line) {
          rows.push(rowOf(line));
          [time, last] = [line.time, at!];
        } else {
          notQueueLog += text !== null && text.trim() === '' ? 0 : 1;
        }
        end = next;
      }
      yield chunk();
    } finally {
      await handle.close().catch(() => undefined);
    }
  }

  private async hasText(): Promise<boolean> {
    const handle = await openCsvFile(this.folder, this.file);
    const { size } = await handle.stat();
    await handle.close().catch(() => undefined);
    return size > 0;
  }

  private async sizeOf({ path: file, isPacked, from }: LogFile & { from: number }): Promise<number> {
    const handle = await openCsvFile(this.folder, file);
    try {
      const { size } = await handle.stat();
      const length = isPacked ? await unpackedSize(handle, size) : size;
      return Math.max(0, length - from);
    } finally {
      await handle.close().catch(() => undefined);
    }
  }
}

/** A gzip file ends with the size of what is in it, modulo 4 GB. */
async function unpackedSize(handle: Awaited<ReturnType<typeof openCsvFile>>, size: number): Promise<number> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(4), 0, 4, Math.max(0, size - 4));
  return bytesRead === 4 ? buffer.readUInt32LE() : 0;
}

function placeOf(position: string): Place | null {
  const [fingerprint = '', bytes, at] = notedPosition(position).place.split(':');
  return fingerprint === '' ? null : { fingerprint, bytes: Number(bytes) || 0, at: Number(at) || 0 };
}

function rowOf({ time, callId, queue, agent, event, data }: NonNullable<ReturnType<typeof parseQueueLogLine>>): Row {
  return { time, callid: callId, queuename: queue, agent, event, data: data.join('|') };
}
