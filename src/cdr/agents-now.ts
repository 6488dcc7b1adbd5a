import { agentStanding, type MemberNow } from './agent-standing';
import { compareText } from './compare-text';
import type { PhoneState } from './queue-member';
import { secondsSince } from './seconds-since';

/** An agent at this moment, in whatever queues of whatever PBXes. */
export interface AgentNow {
  agent: string;
  /** What the phone does, unless he is paused in every queue, or writes up a talk. */
  state: PhoneState | 'paused' | 'wrap-up';
  /** Empty where he is not paused, or no reason was given. */
  pauseReason: string;
  phone: PhoneState;
  /** Seconds in this state. */
  stateSeconds: number;
  /** Seconds of a pause that goes on; null where he is not paused. */
  pausedSeconds: number | null;
  queues: readonly string[];
  servers: readonly string[];
}

/**
 * One row an agent, by id.
 *
 * @param members all memberships that count: one who is paused in each of these is paused
 * @param now epoch milliseconds
 */
export function agentsAt(members: readonly MemberNow[], now: number): AgentNow[] {
  return [...Map.groupBy(members, ({ agent }) => agent)]
    .map(([agent, own]): AgentNow => {
      const { phone, phoneSince, pausedSince, pauseReason, restsUntil, queues, servers } = agentStanding(own, now);
      return {
        agent,
        state: pausedSince !== null ? 'paused' : restsUntil !== null ? 'wrap-up' : phone,
        pauseReason,
        phone,
        stateSeconds: secondsSince(pausedSince ?? phoneSince, now),
        pausedSeconds: pausedSince === null ? null : secondsSince(pausedSince, now),
        queues,
        servers,
      };
    })
    .sort((a, b) => compareText(a.agent, b.agent));
}
