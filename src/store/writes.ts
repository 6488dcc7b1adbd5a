import { StoreClosedError } from './store-closed-error';

/** The writes of one process to a store: one after the other, in order, whether those before succeed or not. */
export class Writes {
  private last: Promise<unknown> = Promise.resolve();
  private isEnded = false;

  /** @throws StoreClosedError once they have ended */
  run<T>(task: () => Promise<T>): Promise<T> {
    if (this.isEnded) {
      return Promise.reject(new StoreClosedError());
    }
    const result = this.last.then(task);
    this.last = result.catch(() => undefined);
    return result;
  }

  /** Takes no more of them; resolves when those before are done. */
  end(): Promise<unknown> {
    this.isEnded = true;
    return this.last;
  }
}
