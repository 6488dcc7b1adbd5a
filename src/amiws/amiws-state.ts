import type { AmiwsSignal } from './connect-amiws';
import type { AmiFrame } from './event';
import { ourTime } from './event-time';

type StateSignal = Extract<AmiwsSignal, { kind: 'state' }>;
type ServerSignal = Extract<AmiwsSignal, { kind: 'server' }>;

export interface ServerStatus {
  server: string;
  state: 'up' | 'down';
  /** Epoch milliseconds. */
  since: number;
  lastEventAt: number | null;
  /** Milliseconds that the server's clock is ahead of ours; null until it answered a Ping. */
  clockOffsetMs: number | null;
}

/** What was seen of amiws and its PBXes. */
export class AmiwsState {
  connection: StateSignal | null = null;
  /** By our clock, epoch milliseconds. */
  lastEventAt: number | null = null;
  decoded = 0;
  recovered = 0;
  private readonly servers = new Map<string, ServerStatus>();

  get serverStatus(): ServerStatus[] {
    return [...this.servers.values()];
  }

  get isConnected(): boolean {
    return this.connection?.state === 'connected';
  }

  update(signal: StateSignal | ServerSignal): void {
    if (signal.kind === 'state') {
      this.connection = signal;
      return;
    }
    const known = this.servers.get(signal.server);
    this.servers.set(signal.server, {
      server: signal.server,
      state: signal.state,
      since: signal.since,
      lastEventAt: known?.lastEventAt ?? null,
      clockOffsetMs: signal.clockOffsetMs ?? known?.clockOffsetMs ?? null,
    });
  }

  forget(server: string): void {
    this.servers.delete(server);
  }

  heard(frame: Exclude<AmiFrame, { kind: 'bad' }>): void {
    this.decoded++;
    if (frame.kind === 'response') {
      return;
    }
    if (frame.kind === 'event' && frame.recovered) {
      this.recovered++;
    }
    const at = frame.kind === 'event' ? ourTime(frame, this.clockOffset(frame.server), Date.now()) : frame.at;
    this.lastEventAt = at;
    const server = this.servers.get(frame.server);
    if (server) {
      server.lastEventAt = at;
    }
  }

  /** Seconds that a server's clock is ahead of ours; null until it answered a Ping. */
  clockOffsetSeconds(server: string): number | null {
    const offset = this.servers.get(server)?.clockOffsetMs ?? null;
    return offset === null ? null : Math.round(offset) / 1000;
  }

  /** Milliseconds to add to our time for a server's; small errors of the measurement count as none. */
  clockOffset(server: string): number {
    const offset = this.servers.get(server)?.clockOffsetMs ?? 0;
    return Math.abs(offset) < 1000 ? 0 : offset;
  }
}
