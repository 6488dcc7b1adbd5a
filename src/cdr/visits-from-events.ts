import type { CallRules } from './call-rules';
import type { QueueEvent } from './queue-event';
import type { QueueVisit, WithoutCall } from './call';

/** What a queue visit is before its call is known. */
export type BareVisit = WithoutCall<QueueVisit>;

/**
 * Queue visits from the events of one call, in order of time. A visit lasts from a join to the next join of the same
 * channel in the same queue; a second join before the first was closed is the same one come twice. An AgentConnect or
 * QueueCallerAbandon without a join (we began to listen in between) makes a visit that began HoldTime before it.
 *
 * @param callEnded whether the call's records have come, so that nobody can still be waiting
 */
export function visitsFromEvents(events: readonly QueueEvent[], rules: CallRules, callEnded: boolean): BareVisit[] {
  const hangups = new Map(events.filter((event) => event.name === 'Hangup').map((event) => [event.uniqueId, event.at]));
  return [...stays(events).values()]
    .flat()
    .map((stay) => toVisit(stay, rules, hangups.get(stay[0]!.uniqueId) ?? null, callEnded))
    .sort((a, b) => a.joinTime - b.joinTime);
}

/** Events by channel and queue, cut into stays. */
function stays(events: readonly QueueEvent[]): Map<string, QueueEvent[][]> {
  const byCaller = new Map<string, QueueEvent[][]>();
  for (const event of events) {
    if (event.name === 'Hangup') {
      continue;
    }
    const key = `${event.uniqueId}|${event.queue}`;
    const cut = byCaller.get(key) ?? [];
    byCaller.set(key, cut);
    const current = cut.at(-1);
    const isNewStay = current === undefined || (event.name === 'QueueCallerJoin' && current.some(isClosing));
    if (isNewStay) {
      cut.push([event]);
    } else {
      current.push(event);
    }
  }
  return byCaller;
}

const isClosing = ({ name }: QueueEvent): boolean =>
  name === 'AgentConnect' || name === 'QueueCallerAbandon' || name === 'QueueCallerLeave';

function toVisit(
  stay: readonly QueueEvent[],
  rules: CallRules,
  hangupAt: number | null,
  callEnded: boolean
): BareVisit {
  const find = (name: QueueEvent['name']) => stay.find((event) => event.name === name);
  const connect = find('AgentConnect');
  const abandon = find('QueueCallerAbandon');
  const closing = connect ?? abandon;
  const leave = find('QueueCallerLeave');
  const first = stay[0]!;
  const joinTime =
    find('QueueCallerJoin')?.at ?? Math.min(first.at, (closing?.at ?? first.at) - (closing?.holdTime ?? 0) * 1000);
  const leaveTime = closing?.at ?? leave?.at ?? (hangupAt !== null && hangupAt >= joinTime ? hangupAt : null);
  return {
    queue: first.queue,
    uniqueId: first.uniqueId,
    joinTime,
    leaveTime,
    visitOutcome: connect ? 'answered' : abandon ? 'abandoned' : leaveTime !== null || callEnded ? 'left' : 'waiting',
    waitTime: closing?.holdTime ?? (leaveTime === null ? 0 : Math.round((leaveTime - joinTime) / 1000)),
    talkTime: find('AgentComplete')?.talkTime ?? 0,
    agent: connect ? rules.agent(connect.interface) : '',
    utcOffset: first.utcOffset ?? 0,
    derived: false,
  };
}
