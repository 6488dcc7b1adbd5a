import { sameStartMs, startOfPbx, type Restart } from './restart';

/** More starts than PBXes have while a store is opened. */
const mostEarly = 1_000;

/** Knows when each PBX started last, and finds a start that was not known. */
export class KnownRestarts {
  private readonly started = new Map<string, number>();
  /** Starts that came before it was known which ones are new; null since. */
  private early: Restart[] | null = [];

  /** The starts that a run before this one knew, the earliest first. Gives those since which it did not know. */
  recall(known: readonly Restart[]): Restart[] {
    const early = this.early ?? [];
    this.early = null;
    known.forEach(({ server, time }) => this.started.set(server, time));
    return early.filter((restart) => this.isNew(restart));
  }

  /** `FullyBooted` of a PBX arrived (epoch milliseconds): its start, where that is known to be a new one. */
  booted(server: string, fields: Readonly<Record<string, string>>, at: number): Restart | null {
    const time = startOfPbx(fields, at);
    if (time === null) {
      return null;
    }
    if (this.early) {
      this.early = [...this.early, { server, time }].slice(-mostEarly);
      return null;
    }
    return this.isNew({ server, time }) ? { server, time } : null;
  }

  private isNew({ server, time }: Restart): boolean {
    const before = this.started.get(server);
    if (before !== undefined && Math.abs(time - before) < sameStartMs) {
      return false;
    }
    this.started.set(server, time);
    return true;
  }
}
