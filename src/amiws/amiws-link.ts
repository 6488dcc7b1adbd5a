import { asyncScheduler, Subscription, timer, type Observable, type SchedulerLike } from 'rxjs';
import type { AmiwsSignal } from './keep-connected';

/** How long a connection that takes the place of another may need to hear each PBX. Milliseconds. */
const patienceMs = 3_000;

type ServerSignal = Extract<AmiwsSignal, { kind: 'server' }>;
type StateSignal = Extract<AmiwsSignal, { kind: 'state' }>;

/** A connection with what it last said of itself and of each PBX. It may be several: to amiws, and to the AMI of PBXes. */
class Connection {
  readonly subscription = new Subscription();
  readonly servers = new Map<string, ServerSignal>();
  /** By the PBX whose AMI it is; undefined for amiws. */
  readonly states = new Map<string | undefined, StateSignal>();

  see(signal: StateSignal | ServerSignal): void {
    if (signal.kind === 'server') {
      this.servers.set(signal.server, signal);
    } else {
      this.states.set(signal.server, signal);
    }
  }

  get isConnected(): boolean {
    return this.is('connected').length > 0;
  }

  get hasFailed(): boolean {
    return this.states.size > 0 && this.is('disconnected').length === this.states.size;
  }

  hears(server: string): boolean {
    return this.servers.get(server)?.state === 'up';
  }

  get heard(): string[] {
    return [...this.servers.keys()].filter((server) => this.hears(server));
  }

  private is(wanted: StateSignal['state']): StateSignal[] {
    return [...this.states.values()].filter(({ state }) => state === wanted);
  }
}

/**
 * The link to amiws, and to PBXes themselves, that outlives its connections. One that stands is ended only once the next hears each PBX that it
 * heard, fails, or has had three seconds: there is no deaf moment between them. Meanwhile frames of both pass, so that some
 * come twice. A PBX that the next does not hear is then down.
 */
export class AmiwsLink {
  private current: Connection | null = null;
  private next: Connection | null = null;

  constructor(
    private readonly onSignal: (signal: AmiwsSignal) => void,
    private readonly scheduler: SchedulerLike = asyncScheduler
  ) {}

  /** True while one connection is about to take the place of another. */
  get isChanging(): boolean {
    return this.next !== null;
  }

  /** Takes signals from another connection from now on. */
  use(signals: Observable<AmiwsSignal>): void {
    this.next?.subscription.unsubscribe();
    const connection = new Connection();
    this.next = connection;
    connection.subscription.add(timer(patienceMs, this.scheduler).subscribe(() => this.settleOn(connection)));
    connection.subscription.add(signals.subscribe((signal) => this.hear(connection, signal)));
    if (!this.current?.isConnected) {
      this.settleOn(connection);
    }
  }

  /** No connection is left. What was heard stays as it is. */
  close(): void {
    [this.current, this.next].forEach((connection) => connection?.subscription.unsubscribe());
    this.current = null;
    this.next = null;
  }

  private hear(connection: Connection, signal: AmiwsSignal): void {
    if (signal.kind === 'frame') {
      this.onSignal(signal);
      return;
    }
    connection.see(signal);
    if (connection === this.current) {
      this.onSignal(signal);
    } else if (this.isReady(connection)) {
      this.settleOn(connection);
    }
  }

  /** True when there is nothing more to wait for. */
  private isReady(next: Connection): boolean {
    return next.hasFailed || (next.isConnected && (this.current?.heard ?? []).every((server) => next.hears(server)));
  }

  private settleOn(connection: Connection): void {
    if (connection === this.next) {
      this.settle();
    }
  }

  private settle(): void {
    const [before, after] = [this.current, this.next!];
    this.current = after;
    this.next = null;
    before?.subscription.unsubscribe();
    [...(before?.states.keys() ?? [])]
      .filter((server) => !after.states.has(server))
      .forEach((server) =>
        this.onSignal({ kind: 'state', state: 'ended', ...(server === undefined ? {} : { server }) })
      );
    after.states.forEach((signal) => this.onSignal(signal));
    after.servers.forEach((signal) => this.onSignal(signal));
    const lost = before?.heard.filter((server) => !after.hears(server)) ?? [];
    const since = this.scheduler.now();
    lost.forEach((server) => this.onSignal({ kind: 'server', server, state: 'down', since }));
  }
}
