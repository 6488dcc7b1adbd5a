import type { QueueMember } from './queue-member';
import type { Room } from './room';
import { inLine, placeBefore, type LineCaller } from './waiting-caller';

/** A member by its interface, such as `PJSIP/1001`. */
export interface LineMember extends QueueMember {
  interface: string;
}

/** One queue of the wallboard, as far as there is room for it. */
export class QueueLine {
  /** By the caller's channel. */
  readonly callers: ReadonlyMap<string, LineCaller>;
  private readonly joins = new Map<string, LineCaller>();
  private lastPlace = 0;
  private readonly states = new Map<string, QueueMember>();
  /** Members as they were known before all were told again. */
  private before: Map<string, QueueMember> = new Map();

  constructor(
    readonly server: string,
    readonly queue: string,
    private readonly room: Room,
    /** Queues that each caller's channel waits in, by `channelKey`. */
    private readonly waiting: Map<string, Set<QueueLine>>
  ) {
    this.callers = this.joins;
  }

  /** @param position from 1; the last where it is not given */
  setCaller(caller: Omit<LineCaller, 'place'>, position = Infinity): void {
    const isBefore = position <= this.joins.size && !this.joins.has(caller.uniqueId);
    const place = (isBefore ? placeBefore(this.joins.values(), position) : null) ?? ++this.lastPlace;
    this.put({ ...caller, place });
  }

  /** Another channel waits in the place of this one. */
  replaceCaller(channel: string, by: Pick<LineCaller, 'uniqueId' | 'number' | 'name'>): void {
    const { since, place } = this.joins.get(channel)!;
    this.removeCaller(channel);
    this.put({ ...by, since, place });
  }

  /** @param change gives the member from what is known of it */
  setMember(memberInterface: string, change: (known: QueueMember | undefined) => QueueMember): void {
    const known = this.states.get(memberInterface) ?? this.before.get(memberInterface);
    this.set(this.states, memberInterface, change(known));
  }

  /** The same of a member who is known, and of no other. */
  changeMember(memberInterface: string, change: (known: QueueMember) => QueueMember): void {
    const known = this.states.get(memberInterface);
    if (known) {
      this.states.set(memberInterface, change(known));
    }
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
    this.before.delete(memberInterface);
    this.room.leave(Number(this.states.delete(memberInterface)));
  }

  /** All who are in the queue are told from now on. */
  renew(): void {
    const before = new Map(this.states);
    this.clear();
    this.before = before;
  }

  clear(): void {
    [...this.joins.keys()].forEach((channel) => this.removeCaller(channel));
    this.room.leave(this.states.size);
    this.states.clear();
    this.before = new Map();
  }

  get members(): LineMember[] {
    return Array.from(this.states, ([memberInterface, member]) => ({ interface: memberInterface, ...member }));
  }

  /** When the first member who writes up a talk is done with it; `Infinity` where nobody does. */
  restsUntil(now: number): number {
    let first = Infinity;
    this.states.forEach(
      ({ restsUntil }) => (first = restsUntil !== null && restsUntil > now ? Math.min(first, restsUntil) : first)
    );
    return first;
  }

  /** The next one first. */
  get line(): LineCaller[] {
    return inLine(this.joins.values());
  }

  private put(caller: LineCaller): void {
    if (this.set(this.joins, caller.uniqueId, caller)) {
      const key = channelKey(this.server, caller.uniqueId);
      this.waiting.set(key, (this.waiting.get(key) ?? new Set()).add(this));
    }
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
