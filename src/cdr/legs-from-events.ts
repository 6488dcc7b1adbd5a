import type { AgentLeg, WithoutCall } from './call';
import type { CallRules } from './call-rules';
import type { QueueEvent } from './queue-event';

/** What an agent leg is before its call is known. */
export type BareLeg = WithoutCall<AgentLeg>;

/**
 * Rings of queue members that were answered or counted as ring-no-answer by Asterisk, one a member's channel. A member
 * whose phone stopped because another answered first is neither.
 */
export function legsFromEvents(events: readonly QueueEvent[], rules: CallRules): BareLeg[] {
  const rings = new Map<string, QueueEvent[]>();
  for (const event of events) {
    if (event.interface !== '') {
      const key = `${event.uniqueId}|${event.queue}|${event.memberUniqueId || event.interface}`;
      rings.set(key, [...(rings.get(key) ?? []), event]);
    }
  }
  return [...rings.values()].flatMap((ring) => toLeg(ring, rules) ?? []);
}

function toLeg(ring: readonly QueueEvent[], rules: CallRules): BareLeg | null {
  const connect = ring.find(({ name }) => name === 'AgentConnect');
  const end = connect ?? ring.find(({ name }) => name === 'AgentRingNoAnswer');
  if (!end) {
    return null;
  }
  const called = ring.find(({ name }) => name === 'AgentCalled');
  const ringTime = end.ringTime ?? 0;
  return {
    agent: rules.agent(end.interface) || end.interface,
    queue: end.queue,
    startTime: called?.at ?? end.at - ringTime * 1000,
    answered: connect !== undefined,
    ringTime,
    talkTime: ring.find(({ name }) => name === 'AgentComplete')?.talkTime ?? 0,
    utcOffset: end.utcOffset ?? 0,
  };
}
