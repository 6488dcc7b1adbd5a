import type { Pbx } from './pbx';
import type { QueueLine } from './queue-line';
import type { Fields } from './wire';

/** The answer of a PBX to QueueStatus: for each queue its figures, its members and who waits; then the end. */
export function queueStatus(pbx: Pbx, actionId: string): Fields[] {
  const items = [...pbx.lines.values()].flatMap((line) => [params(line), ...members(pbx, line), ...callers(pbx, line)]);
  return [
    ...items.map(({ Event, ...fields }) => ({ Event: Event!, ...fields, ActionID: actionId })),
    { Event: 'QueueStatusComplete', ActionID: actionId, EventList: 'Complete', ListItems: items.length },
  ];
}

function params({ queue, waiting, ...counts }: QueueLine): Fields {
  const { completed, abandoned, answeredInTime, abandonedInTime } = counts;
  return {
    Event: 'QueueParams',
    Queue: queue.name,
    Max: 0,
    Strategy: queue.strategy,
    Calls: waiting.length,
    Holdtime: counts.holdTime,
    TalkTime: counts.talkTime,
    Completed: completed,
    Abandoned: abandoned,
    ServiceLevel: queue.serviceLevel,
    ServicelevelPerf: percent(answeredInTime, completed),
    ServicelevelPerf2: percent(answeredInTime + abandonedInTime, completed + abandoned),
    Weight: 0,
  };
}

function members(pbx: Pbx, { queue }: QueueLine): Fields[] {
  return pbx.agents
    .filter((agent) => agent.isLoggedIn && agent.queues.includes(queue.name))
    .map((agent) => {
      const { MemberName, Interface, ...state } = pbx.memberFields(agent);
      return { Event: 'QueueMember', Queue: queue.name, Name: MemberName!, Location: Interface!, ...state };
    });
}

function callers(pbx: Pbx, { queue, waiting }: QueueLine): Fields[] {
  return waiting.map(({ channel, joinedAt }, index) => ({
    Event: 'QueueEntry',
    Queue: queue.name,
    Position: index + 1,
    Channel: channel.name,
    Uniqueid: channel.uniqueId,
    CallerIDNum: channel.number,
    CallerIDName: channel.callerName,
    ConnectedLineNum: channel.connectedNumber,
    ConnectedLineName: channel.connectedName,
    Wait: Math.floor((pbx.now - joinedAt) / 1000),
    Priority: 0,
  }));
}

function percent(part: number, whole: number): string {
  return (whole === 0 ? 0 : (100 * part) / whole).toFixed(1);
}
