import { isLoggedIn, type PhoneState, type QueueMember } from './queue-member';

/** A member of one queue of one PBX, and the agent who that is. */
export interface MemberNow extends QueueMember {
  server: string;
  queue: string;
  agent: string;
}

/** What an agent does, by all memberships of his that are looked at. Times in epoch milliseconds, by our clock. */
export interface AgentStanding {
  /** Sorted; those that he is logged in to, or all of them where he is in none. */
  queues: string[];
  servers: string[];
  isLoggedIn: boolean;
  /** The busiest of his phones. */
  phone: PhoneState;
  phoneSince: number;
  /** Since when he is paused in every queue; null where he is not. */
  pausedSince: number | null;
  /** The one that was given last, where he is paused for several. */
  pauseReason: string;
  /** Until when he writes up his last talk: the phone is free, and a queue keeps him from calls. Null where he does not. */
  restsUntil: number | null;
}

const busiestFirst: readonly PhoneState[] = ['busy', 'ringing', 'free', 'unavailable'];

/**
 * @param members of one agent, at least one
 * @param now epoch milliseconds
 */
export function agentStanding(members: readonly MemberNow[], now: number): AgentStanding {
  const reachable = members.filter(isLoggedIn);
  const some = reachable.length > 0 ? reachable : members;
  const phone = busiestFirst.find((state) => some.some((member) => member.phone === state))!;
  const isPaused = some.every(({ pausedSince }) => pausedSince !== null);
  const last = isPaused ? some.reduce(laterPause) : null;
  const restsUntil = some.reduce((until, member) => Math.max(until, member.restsUntil ?? 0), 0);
  return {
    queues: [...new Set(some.map(({ queue }) => queue))].sort(),
    servers: [...new Set(some.map(({ server }) => server))].sort(),
    isLoggedIn: reachable.length > 0,
    phone,
    phoneSince: some.reduce(
      (since, member) => (member.phone === phone ? Math.min(since, member.phoneSince) : since),
      Infinity
    ),
    pausedSince: last?.pausedSince ?? null,
    pauseReason: last?.pauseReason ?? '',
    restsUntil: !isPaused && phone === 'free' && restsUntil > now ? restsUntil : null,
  };
}

/** The pause that began later; of two that began at once, that of the first queue by name. */
function laterPause(a: MemberNow, b: MemberNow): MemberNow {
  const later = b.pausedSince! - a.pausedSince!;
  return later > 0 || (later === 0 && b.queue < a.queue) ? b : a;
}
