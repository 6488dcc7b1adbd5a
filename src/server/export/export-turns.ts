import { sentence } from '../../sentences/sentence';
import { Refusal } from '../refusal';

interface Limits {
  /** Exports of one data source that run at once. */
  ofOne: number;
  /** Exports of all data sources that run at once. */
  inAll: number;
  /** Exports that may wait. */
  waiting: number;
}

interface Waiting {
  source: object;
  start: () => void;
  /** Called with the number of exports of the data source that start before it, each time that it changes. */
  onQueued: (ahead: number) => void;
}

/** Who exports when: a few at once, so that live updates and panels stay quick, the others in the order they came. */
export class ExportTurns {
  private readonly running: object[] = [];
  private queue: Waiting[] = [];

  constructor(private readonly limits: Limits) {}

  /**
   * Runs an export when its turn comes. One whose signal aborts while it waits leaves the queue.
   * @throws PluginError when too many wait; the signal's reason
   */
  async run<T>(
    source: object,
    signal: AbortSignal,
    onQueued: (ahead: number) => void,
    work: () => Promise<T>
  ): Promise<T> {
    await this.turn(source, signal, onQueued);
    try {
      return await work();
    } finally {
      this.running.splice(this.running.indexOf(source), 1);
      this.next();
    }
  }

  private turn(source: object, signal: AbortSignal, onQueued: (ahead: number) => void): Promise<void> {
    signal.throwIfAborted();
    if (this.queue.length >= this.limits.waiting) {
      throw new Refusal([sentence('export.waiting', { waiting: this.limits.waiting })], 'downstream', 429);
    }
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        this.queue = this.queue.filter((other) => other !== waiting);
        reject(signal.reason as Error);
        this.next();
      };
      const start = (): void => {
        signal.removeEventListener('abort', leave);
        resolve();
      };
      const waiting = { source, start, onQueued };
      signal.addEventListener('abort', leave, { once: true });
      this.queue.push(waiting);
      this.next();
    });
  }

  private next(): void {
    const stay = this.queue.filter(({ source, start }) => {
      const ofOne = this.running.filter((other) => other === source).length;
      if (this.running.length >= this.limits.inAll || ofOne >= this.limits.ofOne) {
        return true;
      }
      this.running.push(source);
      start();
      return false;
    });
    this.queue = stay;
    stay.forEach(({ source, onQueued }, index) =>
      onQueued(stay.slice(0, index).filter((other) => other.source === source).length)
    );
  }
}

/** The turns of this process. An export takes about half a core. */
export const exportTurns = new ExportTurns({ ofOne: 2, inAll: 4, waiting: 100 });
