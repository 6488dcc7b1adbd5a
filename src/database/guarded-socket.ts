import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';

/**
 * A connection that a database driver reads. What the driver throws at what came, as at a message that ends too soon, would
 * end the process, since nobody could catch it: here it ends the connection.
 */
export class GuardedSocket extends Socket {
  override emit(event: string | symbol, ...args: unknown[]): boolean {
    return this.guarded(() => super.emit(event, ...args));
  }

  /** Guards likewise what TLS on top of this connection gives a driver to read. */
  guard(top: Duplex): void {
    const emit = top.emit.bind(top) as (event: string | symbol, ...args: unknown[]) => boolean;
    top.emit = (event: string | symbol, ...args: unknown[]) => this.guarded(() => emit(event, ...args));
  }

  /** Ends what goes on. */
  protected fail(error: Error): void {
    this.destroy(error);
  }

  private guarded(emit: () => boolean): boolean {
    try {
      return emit();
    } catch (error) {
      this.fail(error instanceof Error ? error : new Error(String(error)));
      return true;
    }
  }
}
