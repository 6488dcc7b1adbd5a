import { compareText } from './compare-text';
import type { QueueStanding } from './queue-board';
import { memberState, type MemberState } from './queue-member';
import { secondsSince } from './seconds-since';

/** A queue at this moment. Each member counts once. */
export interface QueueNow {
  server: string;
  queue: string;
  callersWaiting: number;
  /** Seconds, of those who wait now; null where nobody does. */
  longestWait: number | null;
  /** Who can be called: Asterisk's QUEUE_MEMBER(queue,ready). */
  agentsFree: number;
  /** Ringing, talking or on hold. */
  agentsBusy: number;
  agentsPaused: number;
  /** Kept from calls after a talk; QueueSummary counts them among those available. */
  agentsInWrapUp: number;
  /** Phones that can't be reached. */
  agentsUnavailable: number;
}

/** One row a queue, by server and name. @param now epoch milliseconds */
export function queuesAt(standing: readonly QueueStanding[], now: number): QueueNow[] {
  return standing
    .map(({ server, queue, members, callers }) => {
      const states = countStates(members.map((member) => memberState(member, now)));
      const first = callers.reduce((earliest, { since }) => Math.min(earliest, since), Infinity);
      return {
        server,
        queue,
        callersWaiting: callers.length,
        longestWait: callers.length === 0 ? null : secondsSince(first, now),
        agentsFree: states.free,
        agentsBusy: states.busy + states.ringing,
        agentsPaused: states.paused,
        agentsInWrapUp: states['wrap-up'],
        agentsUnavailable: states.unavailable,
      };
    })
    .sort((a, b) => compareText(a.server, b.server) || compareText(a.queue, b.queue));
}

function countStates(states: readonly MemberState[]): Record<MemberState, number> {
  const counts = { free: 0, ringing: 0, busy: 0, paused: 0, 'wrap-up': 0, unavailable: 0 };
  states.forEach((state) => counts[state]++);
  return counts;
}
