import { mostTransfers } from './call-bounds';
import type { CallRules } from './call-rules';
import type { Handover } from './handover';
import type { QueueEvent, TransferDetails } from './queue-event';
import { isOfQueue } from './queue-event-from-fields';
import type { CdrRecord } from './record';

/** Whole seconds, and an event may come a moment after its record's second. Milliseconds. */
const slack = 2_000;
/** Of an event that was stored before its details were. */
const untold: TransferDetails = { result: 'Success', extension: '', targetChannel: '', consultUniqueId: '' };

/** Whether the events of a call tell all of its transfers: with the read class call, others of the core came too. */
export function tellsTransfers(events: readonly QueueEvent[]): boolean {
  return events.some(({ name, imported }) => !imported && !isOfQueue(name));
}

/** Handovers as Asterisk tells them. Parking is one to the parking lot, which is no transfer: the caller waits there. */
export function handoversFromEvents(
  events: readonly QueueEvent[],
  records: readonly CdrRecord[],
  rules: CallRules
): Handover[] {
  const parkings = records.filter(({ lastApplication }) => lastApplication === 'Park');
  const isParked = ({ uniqueId, at }: QueueEvent): boolean =>
    parkings.some((record) => record.uniqueId === uniqueId && Math.abs((record.startTime ?? 0) - at) <= slack);
  return events
    .filter(({ name }) => isTransfer(name))
    .slice(0, mostTransfers)
    .filter((event) => !isParked(event))
    .map((event) => ({
      ...(event.transfer ?? untold),
      kind: event.name === 'BlindTransfer' ? 'blind' : 'attended',
      at: event.at,
      agent: rules.agent(event.memberChannel) || (event.interface === '' ? '' : rules.member(event.interface)),
      uniqueId: event.uniqueId,
      utcOffset: event.utcOffset ?? 0,
      derived: false,
    }));
}

function isTransfer(name: QueueEvent['name']): boolean {
  return name === 'BlindTransfer' || name === 'AttendedTransfer';
}
