import { sameStartMs, startOfPbx, type Restart } from './restart';

/** Knows when each PBX started last, and tells a start that was not known. */
export class KnownRestarts {
  private readonly started: Map<string, number>;

  /** @param known the earliest first */
  constructor(known: readonly Restart[]) {
    this.started = new Map(known.map(({ server, time }) => [server, time]));
  }

  /** `FullyBooted` of a PBX arrived (epoch milliseconds): the start it tells; null where it tells none, or one known before. */
  booted(server: string, fields: Readonly<Record<string, string>>, at: number): Restart | null {
    const time = startOfPbx(fields, at);
    const before = this.started.get(server);
    if (time === null || (before !== undefined && Math.abs(time - before) < sameStartMs)) {
      return null;
    }
    this.started.set(server, time);
    return { server, time };
  }
}
