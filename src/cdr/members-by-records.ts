import { interfaceOf } from './agent';
import type { QueueEvent } from './queue-event';
import type { CdrRecord } from './record';

/** Whole seconds, cut off or rounded. Milliseconds. */
const slack = 2_000;

/**
 * Events of a queue_log, which names members and not their channels, with what the records of the same rings show: the
 * channel, and by it the interface behind a name.
 */
export function withMembersOfRecords(events: readonly QueueEvent[], records: readonly CdrRecord[]): QueueEvent[] {
  if (!events.some(isUnknown)) {
    return [...events];
  }
  const ofCaller = Map.groupBy(
    records.filter(({ destinationChannel, queue }) => destinationChannel !== '' && queue !== ''),
    ({ uniqueId }) => uniqueId
  );
  const interfaces = new Map<string, string>();
  const known = events.map((event) => {
    const memberChannel = isUnknown(event) ? channelOf(event, ofCaller.get(event.uniqueId) ?? []) : null;
    if (memberChannel === null) {
      return event;
    }
    if (!isInterface(event.interface) && !interfaces.has(event.interface)) {
      interfaces.set(event.interface, interfaceOf(memberChannel));
    }
    return { ...event, memberChannel };
  });
  return known.map((event) =>
    event.imported && interfaces.has(event.interface)
      ? { ...event, interface: interfaces.get(event.interface)! }
      : event
  );
}

const isUnknown = (event: QueueEvent): boolean =>
  event.imported && event.interface !== '' && event.memberChannel === '';
const isInterface = (member: string): boolean => member.includes('/');

/** The channel that rang; null where none is known, or several may be meant. */
function channelOf(event: QueueEvent, records: readonly CdrRecord[]): string | null {
  const rung = records.filter((record) => isRing(record, event)).map(({ destinationChannel }) => destinationChannel);
  const channels = [...new Set(rung)];
  return channels.length === 1 ? channels[0]! : null;
}

function isRing(record: CdrRecord, event: QueueEvent): boolean {
  const { queue, disposition, startTime, endTime, destinationChannel } = record;
  const isOther = isInterface(event.interface) && !event.interface.startsWith(interfaceOf(destinationChannel));
  if (isOther || queue.toLowerCase() !== event.queue.toLowerCase() || startTime === null || endTime === null) {
    return false;
  }
  const isAnswered = disposition === 'ANSWERED';
  const began = event.at - (event.ringTime ?? 0) * 1000;
  switch (event.name) {
    case 'AgentConnect':
      return isAnswered && Math.abs(startTime - began) <= slack && endTime >= event.at - slack;
    case 'AgentRingNoAnswer':
      return !isAnswered && Math.abs(endTime - event.at) <= slack && Math.abs(startTime - began) <= slack;
    default:
      return false;
  }
}
