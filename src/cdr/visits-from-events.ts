import type { CallRules } from './call-rules';
import type { QueueEvent } from './queue-event';
import type { QueueVisit, WithoutCall } from './call';

/** What a queue visit is before its call is known. */
export type BareVisit = WithoutCall<QueueVisit>;

/**
 * Queue visits from the events of one call, in order of time. A visit lasts from a join to the next join of the same
 * channel in the same queue; a second join before the first was closed is the same one come twice. An AgentConnect,
 * AgentComplete or QueueCallerAbandon without a join (we began to listen in between) makes a visit that began HoldTime
 * before it.
 *
 * @param callEnded whether the call's records have come, so that nobody can still be waiting
 */
export function visitsFromEvents(events: readonly QueueEvent[], rules: CallRules, callEnded: boolean): BareVisit[] {
  const lastOf = (name: QueueEvent['name']) =>
    new Map(events.filter((event) => event.name === name).map((event) => [event.uniqueId, event.at]));
  const [hangups, takings] = [lastOf('Hangup'), lastOf('BridgeEnter')];
  return [...stays(events).values()]
    .flat()
    .filter((stay) => stay.some(({ name }) => name !== 'QueueCallerLeave'))
    .map((stay) => {
      const { uniqueId } = stay[0]!;
      return toVisit(stay, rules, takings.get(uniqueId) ?? null, hangups.get(uniqueId) ?? null, callEnded);
    })
    .sort((a, b) => a.joinTime - b.joinTime);
}

/** Events by channel and queue, cut into stays. */
function stays(events: readonly QueueEvent[]): Map<string, QueueEvent[][]> {
  const byCaller = new Map<string, QueueEvent[][]>();
  const closed = new Set<string>();
  /** Stay whose agent's talk ends: the caller may be back in the queue already. */
  const talks = new Map<string, QueueEvent[]>();
  for (const event of events) {
    if (event.queue === '') {
      continue;
    }
    const key = `${event.uniqueId}|${event.queue}`;
    const cut = byCaller.get(key) ?? [];
    byCaller.set(key, cut);
    const current = cut.at(-1);
    const isNewStay = current === undefined || (event.name === 'QueueCallerJoin' && closed.delete(key));
    const talk = `${key}|${event.memberUniqueId}`;
    if (isNewStay) {
      cut.push([event]);
    } else {
      (event.name === 'AgentComplete' ? (talks.get(talk) ?? current) : current).push(event);
    }
    if (event.name === 'AgentConnect') {
      talks.set(talk, cut.at(-1)!);
    }
    if (isClosing(event)) {
      closed.add(key);
    }
  }
  return byCaller;
}

const isClosing = ({ name }: QueueEvent): boolean =>
  name === 'AgentConnect' || name === 'AgentComplete' || name === 'QueueCallerAbandon' || name === 'QueueCallerLeave';

function toVisit(
  stay: readonly QueueEvent[],
  rules: CallRules,
  takenAt: number | null,
  hangupAt: number | null,
  callEnded: boolean
): BareVisit {
  const find = (name: QueueEvent['name']) => stay.find((event) => event.name === name);
  const complete = find('AgentComplete');
  const connect = find('AgentConnect') ?? connectOf(complete);
  const abandon = find('QueueCallerAbandon');
  const closing = connect ?? abandon;
  const leave = find('QueueCallerLeave');
  const first = stay[0]!;
  const joinTime =
    find('QueueCallerJoin')?.at ?? Math.min(first.at, (closing?.at ?? first.at) - (closing?.holdTime ?? 0) * 1000);
  const since = (at: number | null): number | null => (at !== null && at >= joinTime ? at : null);
  const leaveTime = closing?.at ?? leave?.at ?? since(takenAt) ?? since(hangupAt);
  const waitTime = closing?.holdTime ?? (leaveTime === null ? 0 : Math.round((leaveTime - joinTime) / 1000));
  return {
    queue: first.queue,
    uniqueId: first.uniqueId,
    joinTime,
    leaveTime,
    visitOutcome: connect ? 'answered' : abandon ? 'abandoned' : leaveTime !== null || callEnded ? 'left' : 'waiting',
    waitTime,
    answerDelay: connect ? answerDelay(stay, connect, waitTime) : null,
    talkTime: complete?.talkTime ?? null,
    agent: connect ? rules.member(connect.interface) : '',
    endedBy: complete?.endedBy ?? '',
    utcOffset: first.utcOffset ?? 0,
    derived: false,
    imported: stay.every(({ imported }) => imported),
  };
}

/** The AgentConnect that an AgentComplete implies. */
function connectOf(complete: QueueEvent | undefined): QueueEvent | undefined {
  return complete && { ...complete, at: complete.at - (complete.talkTime ?? 0) * 1000 };
}

/**
 * Seconds from the joining to the moment at which the member answered, which app_queue holds against the service level:
 * HoldTime, which runs on through memberdelay and announcements to the member, without what of it came after RingTime from
 * AgentCalled on. Counted from the end, so that a joining that is heard late changes nothing. HoldTime where that ring was not heard.
 */
function answerDelay(stay: readonly QueueEvent[], connect: QueueEvent, waitTime: number): number {
  const calls = stay.filter(({ name }) => name === 'AgentCalled');
  const called =
    calls.find(({ memberUniqueId }) => memberUniqueId === connect.memberUniqueId) ??
    calls.findLast(({ interface: member }) => member === connect.interface);
  if (called === undefined || connect.ringTime === null) {
    return waitTime;
  }
  const after = connect.at - called.at - connect.ringTime * 1000;
  // RingTime is the difference of whole seconds: within one, nothing came after the answer.
  const announced = after < 1000 ? 0 : wholeSeconds(connect.at) - wholeSeconds(called.at) - connect.ringTime;
  return Math.max(0, waitTime - announced);
}

const wholeSeconds = (at: number): number => Math.floor(at / 1000);
