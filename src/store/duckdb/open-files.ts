import { realpath } from 'node:fs/promises';
import path from 'node:path';
import { settledWithin } from './settled-within';

/** The file is open in this process, and whoever has it open has not let go of it. */
export class FileStillOpenError extends Error {
  override name = 'FileStillOpenError';

  constructor() {
    super('A statement from before has not ended, and the file stays open until it does');
  }
}

/**
 * The database files that this process has open, by their real path. The system's locks stop other processes only: a file
 * that one process opens twice is written by both, and what either writes is lost.
 */
export class OpenFiles {
  /** Each resolves when its file is closed. */
  private readonly closings = new Map<string, Promise<void>>();

  constructor(private readonly patienceMs = 5_000) {}

  /**
   * Waits until nobody has the file open. Its folder must be there.
   * @returns what has to be called when the file is known to be closed, or not to be opened
   * @throws FileStillOpenError when it is open for too long
   */
  async claim(file: string): Promise<() => void> {
    const key = await realPathOf(file);
    const deadline = Date.now() + this.patienceMs;
    for (let before = this.closings.get(key); before; before = this.closings.get(key)) {
      if (!(await settledWithin(before, deadline - Date.now()))) {
        throw new FileStillOpenError();
      }
    }
    let closed = (): void => undefined;
    this.closings.set(key, new Promise((resolve) => (closed = resolve)));
    return () => {
      this.closings.delete(key);
      closed();
    };
  }
}

/** Also of a file that is not there yet. */
async function realPathOf(file: string): Promise<string> {
  return realpath(file).catch(async () => path.join(await realpath(path.dirname(file)), path.basename(file)));
}
