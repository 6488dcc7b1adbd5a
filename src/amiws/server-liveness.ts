import type { PingAnswer } from './ping-clock';

/** A PBX behind amiws, heard or silent. Times in epoch milliseconds. */
export interface ServerSignal {
  kind: 'server';
  server: string;
  state: 'up' | 'down';
  /** When it was first heard again, or last heard before it fell silent or the connection ended. */
  since: number;
  /** Milliseconds that the server's clock is ahead of ours; absent until it answered a Ping. */
  clockOffsetMs?: number;
}

interface KnownServer {
  state: 'up' | 'down';
  since: number;
  heardAt: number;
  /** Checks since. */
  checks: number;
  offsets: number[];
}

/** Milliseconds from one check to the next. */
export const checkInterval = 5_000;
/**
 * Checks without a frame after which a server counts as down: three Pings unanswered. Checks, not a time: no clock that is
 * set makes a silence, nor a process that was halted (`Beats`).
 */
const mostSilentChecks = 10;
/** PBXes of one amiws; what others say is not heard. */
export const mostServers = 1_000;
/** An answer that took longer tells nothing of a clock: it was not written halfway. Milliseconds. */
const longestTrip = 5_000;
/** Answers whose median makes the clock offset. */
const mostOffsets = 9;

/**
 * Keeps for each server whether it is heard. amiws tells nobody when its link to a PBX drops, so only silence shows it.
 * Each method gives the signals that follow from what happened.
 */
export class ServerLiveness {
  private readonly servers = new Map<string, KnownServer>();

  /** False for a server beyond the bound. */
  admits(server: string): boolean {
    return this.servers.has(server) || this.servers.size < mostServers;
  }

  /** A frame of `server` arrived: any frame is a sign of life. */
  heard(server: string, at: number): ServerSignal | null {
    const known = this.servers.get(server);
    if (known?.state === 'up') {
      known.heardAt = at;
      known.checks = 0;
      return null;
    }
    const up: KnownServer = { state: 'up', since: at, heardAt: at, checks: 0, offsets: known?.offsets ?? [] };
    this.servers.set(server, up);
    return signal(server, up);
  }

  /** A server answered a Ping with its own time; the answer was written half a round trip before it arrived. */
  answered(server: string, { serverTime, sentAt }: PingAnswer, arrivedAt: number): ServerSignal | null {
    const known = this.servers.get(server);
    if (known === undefined || arrivedAt - sentAt > longestTrip) {
      return null;
    }
    const before = median(known.offsets);
    known.offsets = [...known.offsets, serverTime - (sentAt + arrivedAt) / 2].slice(-mostOffsets);
    return median(known.offsets) === before ? null : signal(server, known);
  }

  /** One check more; the servers that have been silent for too long. */
  check(): ServerSignal[] {
    this.servers.forEach((known) => known.checks++);
    return this.down(({ checks }) => checks >= mostSilentChecks);
  }

  /** The connection to amiws ended, and with it the knowledge of every server. */
  lost(): ServerSignal[] {
    return this.down(() => true);
  }

  private down(isDown: (server: KnownServer) => boolean): ServerSignal[] {
    return [...this.servers]
      .filter(([, known]) => known.state === 'up' && isDown(known))
      .map(([server, known]) => {
        known.state = 'down';
        known.since = known.heardAt;
        return signal(server, known);
      });
  }
}

function signal(server: string, { state, since, offsets }: KnownServer): ServerSignal {
  const clockOffsetMs = median(offsets);
  return { kind: 'server', server, state, since, ...(clockOffsetMs === undefined ? {} : { clockOffsetMs }) };
}

function median(values: readonly number[]): number | undefined {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}
