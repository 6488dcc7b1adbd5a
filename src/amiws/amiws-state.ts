import type { ConnectionState, StateSignal } from './keep-connected';
import type { AmiFrame } from './event';
import { ourTime } from './event-time';
import type { ServerSignal } from './server-liveness';

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
  connection: ConnectionState | null = null;
  /** Connections to the AMI of PBXes, by their server. */
  readonly direct = new Map<string, ConnectionState>();
  /** By our clock, epoch milliseconds. */
  lastEventAt: number | null = null;
  decoded = 0;
  recovered = 0;
  private readonly servers = new Map<string, ServerStatus>();
  private readonly boots = new Map<string, number>();

  get serverStatus(): ServerStatus[] {
    return [...this.servers.values()];
  }

  get isConnected(): boolean {
    return [this.connection, ...this.direct.values()].some((connection) => connection?.state === 'connected');
  }

  /** Whether the way to a PBX stands, so that it is the PBX itself that is silent. */
  reaches(server: string): boolean {
    return (this.direct.get(server) ?? this.connection)?.state === 'connected';
  }

  /** Nobody listens any more. */
  disconnect(): void {
    this.connection = null;
    this.direct.clear();
  }

  update(signal: StateSignal | ServerSignal): void {
    if (signal.kind === 'state') {
      this.updateConnection(signal);
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

  /** When a PBX said last that it is up (FullyBooted), by our clock; null where it did not. */
  bootedAt(server: string): number | null {
    return this.boots.get(server) ?? null;
  }

  forget(server: string): void {
    this.servers.delete(server);
    this.boots.delete(server);
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
    if (frame.kind === 'event' && frame.name === 'FullyBooted') {
      this.boots.set(frame.server, Date.now());
    }
  }

  /** Seconds that a server's clock is ahead of ours; null until it answered a Ping. */
  clockOffsetSeconds(server: string): number | null {
    const offset = this.servers.get(server)?.clockOffsetMs ?? null;
    // Half a millisecond behind is no -0.
    return offset === null ? null : Math.round(offset) / 1000 || 0;
  }

  /** Milliseconds to add to our time for a server's; small errors of the measurement count as none. */
  clockOffset(server: string): number {
    const offset = this.servers.get(server)?.clockOffsetMs ?? 0;
    return Math.abs(offset) < 1000 ? 0 : offset;
  }

  private updateConnection(signal: StateSignal): void {
    const connection = signal.state === 'ended' ? null : signal;
    if (signal.server === undefined) {
      this.connection = connection;
    } else if (connection === null) {
      this.direct.delete(signal.server);
    } else {
      this.direct.set(signal.server, connection);
    }
  }
}
