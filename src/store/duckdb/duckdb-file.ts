import { DuckDBInstance } from '@duckdb/node-api';
import { StoreClosedError } from '../store-closed-error';
import { FileConnection } from './file-connection';
import { OpenFiles } from './open-files';
import { settledWithin } from './settled-within';

const instanceOptions = {
  memory_limit: '512MB',
  threads: '2',
  // The log goes into the file each time it has this size, which holds up what is written: seldom, but a start reads it.
  checkpoint_threshold: '64MB',
  // What is freed goes back to the system while nothing is asked too.
  allocator_background_threads: 'true',
};

/** How long each step of closing may take before the next one is taken. Milliseconds. */
const patienceMs = 10_000;

const openFiles = new OpenFiles();

/** A DuckDB file that this process has open, once, with all its connections. */
export class DuckDbFile {
  private readonly connections = new Set<Promise<FileConnection>>();
  private closing: Promise<void> | null = null;

  private constructor(
    private readonly instance: DuckDBInstance,
    private readonly onClosed: () => void
  ) {}

  /**
   * @param file a path, or `:memory:`
   * @throws Error of DuckDB, or FileStillOpenError
   */
  static async open(file: string): Promise<DuckDbFile> {
    const onClosed = file === ':memory:' ? () => undefined : await openFiles.claim(file);
    try {
      return new DuckDbFile(await DuckDBInstance.create(file, instanceOptions), onClosed);
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
      return new FileConnection(connection, () => this.connections.delete(connecting));
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
