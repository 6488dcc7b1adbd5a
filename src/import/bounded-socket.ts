import { GuardedSocket } from '../database/guarded-socket';
import { sentence } from '../sentences/sentence';
import { ImportError } from './import-error';

/** What one step of a conversation may take. */
export interface StepBounds {
  /** What is done, as in "took longer than 10 s to log in". */
  to: string;
  ms: number;
  /** That the other side sends. */
  bytes: number;
}

/** How often it is looked at how much came. A database on the same machine sends some megabytes in that time. */
const meterMs = 20;
/** How long a driver may take to say why a connection was closed. */
const reasonMs = 100;
const megabyte = 1024 * 1024;

/**
 * A connection whose other side is not trusted to end what it says: each step has bounds of time and of bytes, and is
 * over at once, as the connection is, when it breaks one, when `signal` is aborted, and when what came can't be read.
 */
export class BoundedSocket extends GuardedSocket {
  private failStep: (error: Error) => void = (error) => this.destroy(error);

  /** @param peer host and port, as errors name them */
  constructor(
    private readonly peer: string,
    private readonly signal: AbortSignal
  ) {
    super();
    this.setNoDelay(true);
    this.setKeepAlive(true);
    // Who waits for a step gets it from there.
    this.on('error', () => undefined);
  }

  /** Breaks the step off that is done now; what the other side did continues "pbx.example.com:3306 …". */
  breakOff(whatItDid: string): void {
    this.fail(new ImportError([sentence('import.broken-off', { peer: this.peer, did: whatItDid })]));
  }

  /** @throws ImportError when a bound is broken or the import ends, else what `work` throws */
  async step<T>({ to, ms, bytes }: StepBounds, work: () => Promise<T>): Promise<T> {
    const before = this.bytesRead;
    const broken = Promise.withResolvers<never>();
    // Also when `work` ends first.
    broken.promise.catch(() => undefined);
    const fail = (error: Error): void => {
      broken.reject(error);
      this.destroy(error);
    };
    const aborted = (): void => fail(new ImportError([sentence('import.stopped')]));
    const timer = setTimeout(() => fail(this.tooSlow(to, ms)), ms);
    let closing: NodeJS.Timeout | undefined;
    const closed = (): void => {
      const error = new ImportError([sentence('import.closed', { peer: this.peer, to })]);
      closing = setTimeout(() => fail(error), reasonMs);
    };
    const meter = setInterval(() => {
      if (this.bytesRead - before > bytes) {
        const megabytes = Math.ceil(bytes / megabyte);
        fail(new ImportError([sentence('import.too-much', { peer: this.peer, megabytes, to })]));
      }
    }, meterMs);
    this.failStep = fail;
    this.signal.addEventListener('abort', aborted);
    this.once('close', closed);
    try {
      if (this.signal.aborted) {
        aborted();
      }
      return await Promise.race([broken.promise, work()]);
    } finally {
      clearTimeout(timer);
      clearInterval(meter);
      clearTimeout(closing);
      this.signal.removeEventListener('abort', aborted);
      this.off('close', closed);
    }
  }

  protected override fail(error: Error): void {
    this.failStep(error);
  }

  private tooSlow(to: string, ms: number): Error {
    return this.pending
      ? Object.assign(new Error(`connect ETIMEDOUT ${this.peer}`), { code: 'ETIMEDOUT' })
      : new ImportError([sentence('import.too-slow', { peer: this.peer, seconds: Math.ceil(ms / 1000), to })]);
  }
}
