import type { Room } from './room';

export type MemberState = 'free' | 'busy' | 'paused' | 'unavailable';

/** Who waits and who is free. Spans in seconds. */
export interface LineNow {
  callersWaiting: number;
  /** Of those who wait now; null where nobody does. */
  longestWait: number | null;
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
    private readonly room: Room
  ) {
    this.callers = this.joins;
    this.members = this.states;
  }

  setCaller(channel: string, joinedAt: number): void {
    this.set(this.joins, channel, joinedAt);
  }

  setMember(memberInterface: string, state: MemberState): void {
    this.set(this.states, memberInterface, state);
  }

  removeCaller(channel: string): void {
    this.room.leave(Number(this.joins.delete(channel)));
  }

  removeMember(memberInterface: string): void {
    this.room.leave(Number(this.states.delete(memberInterface)));
  }

  clear(): void {
    this.room.leave(this.joins.size + this.states.size);
    this.joins.clear();
    this.states.clear();
  }

  /** @param now epoch milliseconds */
  now(now: number): LineNow {
    const counts: Record<MemberState, number> = { free: 0, busy: 0, paused: 0, unavailable: 0 };
    this.states.forEach((state) => counts[state]++);
    let first = Infinity;
    this.joins.forEach((joinedAt) => (first = Math.min(first, joinedAt)));
    return {
      callersWaiting: this.joins.size,
      longestWait: this.joins.size === 0 ? null : Math.max(0, Math.floor((now - first) / 1000)),
      agentsFree: counts.free,
      agentsBusy: counts.busy,
      agentsPaused: counts.paused,
      agentsUnavailable: counts.unavailable,
    };
  }

  private set<V>(entries: Map<string, V>, key: string, value: V): void {
    if (entries.has(key) || this.room.enter()) {
      entries.set(key, value);
    }
  }
}
