import type { Room } from './room';

export type MemberState = 'free' | 'busy' | 'paused' | 'unavailable';

/** Who waits and who is free. */
export interface LineStanding {
  callersWaiting: number;
  /** When the first of those who wait now joined, epoch milliseconds; null where nobody waits. */
  waitingSince: number | null;
  agentsFree: number;
  /** Ringing, talking or on hold. */
  agentsBusy: number;
  agentsPaused: number;
  /** Phones that can't be reached. */
  agentsUnavailable: number;
}

/** One queue of the wallboard, as far as there is room for it. */
export class QueueLine {
  /** Caller's channel to when it joined, epoch milliseconds. */
  readonly callers: ReadonlyMap<string, number>;
  /** Interface to what the member does. */
  readonly members: ReadonlyMap<string, MemberState>;
  private readonly joins = new Map<string, number>();
  private readonly states = new Map<string, MemberState>();

  constructor(
    readonly server: string,
    readonly queue: string,
    private readonly room: Room,
    /** Queues that each caller's channel waits in, by `channelKey`. */
    private readonly waiting: Map<string, Set<QueueLine>>
  ) {
    this.callers = this.joins;
    this.members = this.states;
  }

  setCaller(channel: string, joinedAt: number): void {
    if (this.set(this.joins, channel, joinedAt)) {
      const key = channelKey(this.server, channel);
      this.waiting.set(key, (this.waiting.get(key) ?? new Set()).add(this));
    }
  }

  setMember(memberInterface: string, state: MemberState): void {
    this.set(this.states, memberInterface, state);
  }

  removeCaller(channel: string): void {
    if (this.joins.delete(channel)) {
      this.room.leave();
      this.waits(channel)?.delete(this);
      if (this.waits(channel)?.size === 0) {
        this.waiting.delete(channelKey(this.server, channel));
      }
    }
  }

  removeMember(memberInterface: string): void {
    this.room.leave(Number(this.states.delete(memberInterface)));
  }

  clear(): void {
    [...this.joins.keys()].forEach((channel) => this.removeCaller(channel));
    this.room.leave(this.states.size);
    this.states.clear();
  }

  get standing(): LineStanding {
    const counts: Record<MemberState, number> = { free: 0, busy: 0, paused: 0, unavailable: 0 };
    this.states.forEach((state) => counts[state]++);
    let first = Infinity;
    this.joins.forEach((joinedAt) => (first = Math.min(first, joinedAt)));
    return {
      callersWaiting: this.joins.size,
      waitingSince: this.joins.size === 0 ? null : first,
      agentsFree: counts.free,
      agentsBusy: counts.busy,
      agentsPaused: counts.paused,
      agentsUnavailable: counts.unavailable,
    };
  }

  private waits(channel: string): Set<QueueLine> | undefined {
    return this.waiting.get(channelKey(this.server, channel));
  }

  /** False where there is no room. */
  private set<V>(entries: Map<string, V>, key: string, value: V): boolean {
    if (!entries.has(key) && !this.room.enter()) {
      return false;
    }
    entries.set(key, value);
    return true;
  }
}

/** Two PBXes give out the same channel ids. */
export function channelKey(server: string, channel: string): string {
  return `${server}|${channel}`;
}
