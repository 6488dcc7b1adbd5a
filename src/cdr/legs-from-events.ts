import type { AgentLeg, WithoutCall } from './call';
import type { CallRules } from './call-rules';
import type { PhoneEnds } from './phone-ends';
import { isOfQueue } from './queue-event-from-fields';
import type { QueueEvent } from './queue-event';
import type { Refusals } from './refusals';

/** What an agent leg is before its call is known. */
export type BareLeg = WithoutCall<AgentLeg>;

/** A queue member's phone that rang; `leg` is null where it stopped because another answered, or the caller left. */
export interface Ring {
  agent: string;
  queue: string;
  /** The caller's channel. */
  uniqueId: string;
  /** Channel that rang the member; empty where no event named it. */
  channel: string;
  startTime: number;
  /** When it stopped ringing, or the talk ended. */
  endTime: number;
  /** When the agent and the caller were connected; null where they were not. */
  connectTime: number | null;
  leg: BareLeg | null;
}

/**
 * Rings of queue members, one a member's channel; where no event names it (Asterisk 11), one from call to end. The end of a
 * talk that names none (queue_log) belongs to the member's last answer.
 */
export function ringsFromEvents(events: readonly QueueEvent[], rules: CallRules, refusals: Refusals): Ring[] {
  const rings = new Map<string, QueueEvent[][]>();
  const answers = new Map<string, string>();
  for (const event of events) {
    if (event.interface !== '' && isOfQueue(event.name)) {
      const member = `${event.uniqueId}|${event.queue}|${event.interface}`;
      const own = `${event.uniqueId}|${event.queue}|${event.memberUniqueId || event.interface}`;
      const isNamelessEnd = event.name === 'AgentComplete' && event.memberUniqueId === '';
      const key = isNamelessEnd ? (answers.get(member) ?? own) : own;
      if (event.name === 'AgentConnect') {
        answers.set(member, own);
      }
      const ofMember = rings.get(key) ?? [];
      rings.set(key, ofMember);
      const current = ofMember.at(-1);
      if (current === undefined || (event.memberUniqueId === '' && isOver(current, event))) {
        ofMember.push([event]);
      } else {
        current.push(event);
      }
    }
  }
  return withoutRungAgain([...rings.values()].flat().map((ring) => toRing(ring, rules, refusals)));
}

/** Whether a ring had ended before an event of the same member. */
function isOver(ring: readonly QueueEvent[], { name }: QueueEvent): boolean {
  return name === 'AgentCalled' || ring.at(-1)!.name === 'AgentRingNoAnswer';
}

/** Answered, or counted as ring-no-answer by Asterisk. */
function toRing(ring: readonly QueueEvent[], rules: CallRules, refusals: Refusals): Ring {
  const find = (name: QueueEvent['name']) => ring.find((event) => event.name === name);
  const [called, connect, complete] = [find('AgentCalled'), find('AgentConnect'), find('AgentComplete')];
  const talkTime = complete?.talkTime ?? null;
  const end = connect ?? complete ?? find('AgentRingNoAnswer') ?? find('AgentDump');
  const last = end ?? ring.at(-1)!;
  const ringTime = end?.ringTime ?? 0;
  const connectTime = connect?.at ?? (complete ? complete.at - (talkTime ?? 0) * 1000 : null);
  const startTime = called?.at ?? (connectTime ?? last.at) - ringTime * 1000;
  const agent = rules.member(last.interface);
  const isLeg = connectTime !== null || last.name === 'AgentRingNoAnswer';
  return {
    agent,
    queue: last.queue,
    uniqueId: last.uniqueId,
    channel: ring.find(({ memberChannel }) => memberChannel !== '')?.memberChannel ?? '',
    startTime,
    endTime: complete?.at ?? last.at,
    connectTime,
    leg: isLeg
      ? {
          agent,
          queue: last.queue,
          startTime,
          answered: connectTime !== null,
          refused: connectTime === null && refusals.has(agent, startTime, last.at),
          ringTime,
          talkTime: connectTime !== null ? talkTime : 0,
          endedBy: complete?.endedBy ?? '',
          utcOffset: last.utcOffset ?? 0,
        }
      : null,
  };
}

/**
 * A ring whose answer bears another channel than its beginning (a call picked up, a Local channel optimized away) stands
 * under both: the one that was only begun is the same ring.
 */
function withoutRungAgain(rings: readonly Ring[]): Ring[] {
  const begunBy = Map.groupBy(
    rings.filter(({ leg }) => leg === null),
    ({ agent }) => agent
  );
  return rings.map((ring) => {
    const { connectTime } = ring;
    const begun =
      connectTime !== null &&
      begunBy
        .get(ring.agent)
        ?.find(
          (other) => other !== ring && other.startTime >= ring.startTime - slack && other.startTime <= connectTime
        );
    return begun ? { ...ring, channel: begun.channel || ring.channel } : ring;
  });
}

/**
 * A ring whose phone, as the records tell, left the talk at another time than AgentComplete says: after a transfer, or where
 * a Local channel hides from Asterisk that the phone is gone.
 */
export function withTrueEnd(ring: Ring, phoneEnds: PhoneEnds): Ring {
  const { leg, connectTime } = ring;
  const end = leg && connectTime !== null ? phoneEnds.of(ring.channel, connectTime) : null;
  if (leg === null || connectTime === null || end === null) {
    return ring;
  }
  const isTold = leg.talkTime !== null && Math.abs(connectTime + leg.talkTime * 1000 - end) <= slack;
  return isTold ? ring : { ...ring, leg: { ...leg, talkTime: Math.max(0, Math.round((end - connectTime) / 1000)) } };
}

const slack = 2000;
