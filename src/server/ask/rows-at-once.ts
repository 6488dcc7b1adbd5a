/** Rows that questions for rows may have asked for at once, over all requests of the process. */
const mostRows = 200_000;

interface Waiting {
  rows: number;
  start: () => void;
}

/**
 * Lets questions for many rows wait for each other: while one is read and written out, its rows are in memory several
 * times. Small ones overtake nobody, so that none waits for ever.
 */
export class RowsAtOnce {
  private running = 0;
  private readonly waiting: Waiting[] = [];

  constructor(private readonly most = mostRows) {}

  /**
   * Runs a question of at most so many rows once there is room for it.
   * @throws the signal's reason, once it aborts while the question waits
   */
  async run<T>(rows: number, signal: AbortSignal, task: () => Promise<T>): Promise<T> {
    const taken = Math.min(rows, this.most);
    await this.room(taken, signal);
    try {
      return await task();
    } finally {
      this.running -= taken;
      this.startNext();
    }
  }

  private room(rows: number, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    return new Promise((resolve, reject) => {
      const mine: Waiting = {
        rows,
        start: () => {
          signal.removeEventListener('abort', leave);
          resolve();
        },
      };
      const leave = (): void => {
        this.waiting.splice(this.waiting.indexOf(mine), 1);
        reject(signal.reason as Error);
        this.startNext();
      };
      signal.addEventListener('abort', leave, { once: true });
      this.waiting.push(mine);
      this.startNext();
    });
  }

  private startNext(): void {
    for (let next = this.waiting[0]; next && this.running + next.rows <= this.most; next = this.waiting[0]) {
      this.waiting.shift();
      this.running += next.rows;
      next.start();
    }
  }
}
