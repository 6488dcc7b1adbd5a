import type { Gap, GapReason } from './gap';
import type { ServerNow } from './server-now';

interface Known {
  /** When it was heard first in this run; null while it was not. */
  firstAt: number | null;
  heardAt: number;
  /** Why it is not heard now; null while it is. */
  absent: GapReason | null;
}

/** A PBX that was not heard for so long was taken out of service. Milliseconds. */
const retiredAfter = 7 * 86_400_000;
/** Milliseconds that a PBX may be unheard without a call of it being lost. */
const tolerance = 1_000;

/** Knows when each PBX was last heard, and tells the gaps between. Times in epoch milliseconds. */
export class Hearing {
  private readonly servers = new Map<string, Known>();

  /** @param before when each PBX was last heard by a run before this one */
  constructor(before: ReadonlyMap<string, number>) {
    this.recall(before);
  }

  /** When each PBX was last heard by a run before this one became known late; the gaps that have ended meanwhile. */
  recall(before: ReadonlyMap<string, number>): Gap[] {
    return [...before].flatMap(([server, heardAt]) => {
      const firstAt = this.servers.get(server)?.firstAt;
      if (firstAt === null || firstAt === undefined) {
        this.servers.set(server, { firstAt: null, heardAt, absent: 'stopped' });
        return [];
      }
      return gapBetween(server, heardAt, firstAt, 'stopped') ?? [];
    });
  }

  /** Something of a PBX arrived; the gap that it ends. */
  heard(server: string, at: number): Gap | null {
    const known = this.servers.get(server);
    if (!known) {
      this.servers.set(server, { firstAt: at, heardAt: at, absent: null });
      return null;
    }
    const { heardAt, absent } = known;
    known.firstAt ??= at;
    known.heardAt = Math.max(heardAt, at);
    known.absent = null;
    return absent === null ? null : gapBetween(server, heardAt, at, absent);
  }

  knows(server: string): boolean {
    return this.servers.has(server);
  }

  /** A PBX is not heard any more. A reason that stands already stays. */
  lost(server: string, reason: GapReason): void {
    const known = this.servers.get(server);
    if (known) {
      known.absent ??= reason;
    }
  }

  /** Listening ends at will: until then nothing was missed of the PBXes that are heard, quiet as they may have been. */
  stop(at: number): void {
    for (const known of this.servers.values()) {
      if (known.absent === null) {
        known.heardAt = at;
        known.absent = 'stopped';
      }
    }
  }

  /** When each PBX was last heard. */
  get lastHeard(): ReadonlyMap<string, number> {
    return new Map([...this.servers].map(([server, { heardAt }]) => [server, heardAt]));
  }

  /** Gaps that nothing has ended yet, but for PBXes that were taken out of service. */
  open(now: number): Gap[] {
    return this.inService(now).flatMap(([server, { heardAt, absent }]) =>
      absent === null ? [] : [{ server, startTime: heardAt, endTime: null, reason: absent }]
    );
  }

  serversNow(now: number): Array<Omit<ServerNow, 'clockOffset'>> {
    return this.inService(now).map(([server, { heardAt, absent }]) => ({
      server,
      state: absent === null ? 'up' : 'down',
      silentSeconds: Math.max(0, Math.round((now - heardAt) / 1000)),
    }));
  }

  private inService(now: number): Array<[string, Known]> {
    return [...this.servers].filter(([, { heardAt }]) => now - heardAt < retiredAfter);
  }
}

function gapBetween(server: string, from: number, to: number, reason: GapReason): Gap | null {
  return to - from > tolerance ? { server, startTime: from, endTime: to, reason } : null;
}
