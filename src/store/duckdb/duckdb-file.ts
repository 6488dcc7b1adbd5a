import type { DuckDBInstance } from '@duckdb/node-api';
import { StoreClosedError } from '../store-closed-error';
import { createInstance } from './create-instance';
import { FileConnection } from './file-connection';
import { OpenFiles } from './open-files';
import { settledWithin } from './settled-within';

/** How long each step of closing may take before the next one is taken. Milliseconds. */
const patienceMs = 10_000;

const openFiles = new OpenFiles();

/** A DuckDB file that this process has open, once, with all its connections. */
export class DuckDbFile {
  private readonly connections = new Set<Promise<FileConnection>>();
  private closing: Promise<void> | null = null;

  private constructor(
    private readonly file: string,
    private readonly instance: DuckDBInstance,
    /** Where the log of the file is kept that was damaged; null where none was. */
    readonly keptLog: string | null,
    private readonly onClosed: () => void
  ) {}

  /**
   * @param file a path, or `:memory:`
   * @throws Error of DuckDB, or FileStillOpenError
   */
  static async open(file: string): Promise<DuckDbFile> {
    const onClosed = file === ':memory:' ? () => undefined : await openFiles.claim(file);
    try {
      const { instance, keptLog } = await createInstance(file);
      return new DuckDbFile(file, instance, keptLog, onClosed);
    } catch (error) {
      onClosed();
      throw error;
    }
  }

  /** @throws StoreClosedError */
  async connect(): Promise<FileConnection> {
    if (this.closing) {
      throw new StoreClosedError();
    }
    const connecting = this.instance.connect().then((connection) => {
      return new FileConnection(connection, this.file, () => this.connections.delete(connecting));
    });
    this.connections.add(connecting);
    return connecting;
  }

  /**
   * Ends all questions at once, lets the write under way end, and closes the file. What does not end even when it is
   * interrupted is not waited for without end: the file is closed when it does, and can't be opened before.
   *
   * @param writer the connection that writes
   * @param written settles when nothing is written any more
   */
  close(writer?: FileConnection, written: Promise<unknown> = Promise.resolve()): Promise<void> {
    this.closing ??= this.closeInSteps(writer, written);
    return this.closing;
  }

  private async closeInSteps(writer: FileConnection | undefined, written: Promise<unknown>): Promise<void> {
    const ended = [...this.connections].map(async (connecting) => {
      const connection = await connecting.catch(() => null);
      if (connection !== writer) {
        await connection?.close(new StoreClosedError());
      }
    });
    await settledWithin(Promise.all([written, ...ended]), patienceMs);
    if (writer) {
      // Else the instance does it as it is closed, while everything else stands still.
      await settledWithin(writer.run('CHECKPOINT'), patienceMs);
      ended.push(writer.close(new StoreClosedError()));
    }
    const closed = Promise.all(ended).then(() => {
      this.instance.closeSync();
      this.onClosed();
    });
    await settledWithin(closed, patienceMs);
  }
}
