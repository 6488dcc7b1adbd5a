import type { Gap, GapReason } from './gap';
import { timeOf, type Moment } from './moment';
import type { ServerNow } from './server-now';
import type { Span } from './spans';

interface Known {
  /** When it was heard first in this run; null while it was not. */
  firstAt: number | null;
  /** When it was heard last, epoch milliseconds. */
  heardAt: number;
  /** The same by the steady clock; null where a run before this one heard it. */
  heardSteady: number | null;
  /** Since when it was heard without a break until `heardAt`, in this run; the stretches before that ended in the last minute. */
  since: number;
  ended: readonly Span[];
  /** Why it is not heard now; null while it is. */
  absent: GapReason | null;
}

/** Stretches that ended so long ago are not told any more, milliseconds. */
const spanMemory = 60_000;

const none: readonly Span[] = [];

/** PBXes that are known at most, those of earlier runs included. */
const mostServers = 1_000;

/**
 * Knows when each PBX was last heard, and the gaps between. Where one was not heard there is a gap, however short. A PBX
 * stays known until it is forgotten. Times in epoch milliseconds.
 */
export class Hearing {
  private readonly servers = new Map<string, Known>();

  /**
   * When each PBX was last heard by a run before this one; the gaps that have ended meanwhile.
   */
  recall(before: ReadonlyMap<string, number>): Gap[] {
    return [...before].flatMap(([server, heardAt]) => {
      const firstAt = this.servers.get(server)?.firstAt;
      if (firstAt === null || firstAt === undefined) {
        this.servers.set(server, {
          firstAt: null,
          heardAt,
          heardSteady: null,
          since: heardAt,
          ended: none,
          absent: 'stopped',
        });
        return [];
      }
      return gapBetween(server, heardAt, firstAt, 'stopped') ?? [];
    });
  }

  /** False for a PBX that is one too many. */
  admits(server: string): boolean {
    return this.servers.has(server) || this.servers.size < mostServers;
  }

  /** Something of a PBX arrived; the gap that it ends. */
  heard(server: string, now: Moment): Gap | null {
    const known = this.servers.get(server);
    this.servers.set(server, {
      firstAt: known?.firstAt ?? now.time,
      heardAt: now.time,
      heardSteady: now.steady,
      since: known?.absent === null ? known.since : now.time,
      ended: known?.absent ? endedSpans(known, now.time) : (known?.ended ?? none),
      absent: null,
    });
    return known?.absent ? gapBetween(server, lastHeardOf(known, now), now.time, known.absent) : null;
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

  /** A PBX was taken out of service; the gap until then. */
  forget(server: string, now: Moment): Gap | null {
    const known = this.servers.get(server);
    this.servers.delete(server);
    return known?.absent ? gapBetween(server, lastHeardOf(known, now), now.time, known.absent) : null;
  }

  /** Listening ends at will: until then nothing was missed of the PBXes that are heard, quiet as they may have been. */
  stop(now: Moment): void {
    for (const known of this.servers.values()) {
      if (known.absent === null) {
        known.heardAt = now.time;
        known.heardSteady = now.steady;
        known.absent = 'stopped';
      }
    }
  }

  /** When each PBX was last heard. */
  get lastHeard(): ReadonlyMap<string, number> {
    return new Map([...this.servers].map(([server, { heardAt }]) => [server, heardAt]));
  }

  /** In which stretches of the last minute this run heard each PBX without a break; the last one may go on. */
  get spans(): ReadonlyMap<string, readonly Span[]> {
    const heard = [...this.servers].filter(([, { firstAt }]) => firstAt !== null);
    return new Map(heard.map(([server, { ended, since, heardAt }]) => [server, [...ended, [since, heardAt]]]));
  }

  /** Gaps that nothing has ended yet. */
  open(now: Moment): Gap[] {
    return [...this.servers].flatMap(([server, known]) =>
      known.absent === null ? [] : [{ server, startTime: lastHeardOf(known, now), endTime: null, reason: known.absent }]
    );
  }

  serversNow(now: Moment): Array<Pick<ServerNow, 'server' | 'state' | 'silentSeconds' | 'heardSince'>> {
    return [...this.servers].map(([server, known]) => ({
      server,
      state: known.absent === null ? 'up' : 'down',
      silentSeconds: Math.max(0, Math.round((now.time - lastHeardOf(known, now)) / 1000)),
      heardSince: known.absent === null ? known.since : null,
    }));
  }
}

/** The stretches of a PBX that is heard again. */
function endedSpans({ firstAt, ended, since, heardAt }: Known, now: number): readonly Span[] {
  const last: Span[] = firstAt === null ? [] : [[since, heardAt]];
  return [...ended, ...last].filter(([, to]) => now - to < spanMemory);
}

/** By the clock of the day as it is now: it may have been set since. */
function lastHeardOf({ heardAt, heardSteady }: Known, now: Moment): number {
  return heardSteady === null ? heardAt : timeOf({ time: heardAt, steady: heardSteady }, now);
}

function gapBetween(server: string, from: number, to: number, reason: GapReason): Gap | null {
  return to > from ? { server, startTime: from, endTime: to, reason } : null;
}
