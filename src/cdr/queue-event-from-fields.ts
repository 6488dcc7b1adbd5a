import { queueEventNames, type QueueCaller, type QueueEvent, type QueueEventName } from './queue-event';
import { talkEndOf } from './talk-end';

const names: ReadonlySet<string> = new Set(queueEventNames);
/** They belong to a channel, not to a queue. */
const ofChannels: ReadonlySet<QueueEventName> = new Set(['AttendedTransfer', 'BridgeEnter', 'DialEnd', 'Hangup']);

/** Field of the caller's channel, where it is not Uniqueid. */
const idFields: Partial<Record<QueueEventName, string>> = { AttendedTransfer: 'TransfereeUniqueid' };

type Fields = Readonly<Record<string, string>>;

/** True for the events that `queueEventFromFields` reads. */
export function isQueueEventName(name: string): name is QueueEventName {
  return names.has(name);
}

/** True for the events of app_queue, which come with the read class agent. */
export function isOfQueue(name: QueueEventName): boolean {
  return !ofChannels.has(name);
}

/**
 * A queue event from the fields of an AMI event, `arrival` 0; null where it lacks the caller's channel, which
 * AgentComplete may (Asterisk: `sending incomplete event`), or, but for those of channels, the queue. RingTime comes in milliseconds with AgentRingNoAnswer and in seconds with AgentConnect (seen;
 * Asterisk app_queue). Asterisk 11 writes Member (AgentCalled in the event of that name), Holdtime and Ringtime.
 */
export function queueEventFromFields(
  server: string,
  name: QueueEventName,
  fields: Fields,
  at: number,
  utcOffset: number | null
): QueueEvent | null {
  const uniqueId = fields[idFields[name] ?? 'Uniqueid'] ?? fields.UniqueID ?? fields.DestUniqueid ?? '';
  const queue = fields.Queue ?? '';
  if ((uniqueId === '' && name !== 'AgentComplete') || (queue === '' && isOfQueue(name))) {
    return null;
  }
  const ringTime = seconds(fields.RingTime ?? fields.Ringtime);
  return {
    server,
    name,
    at,
    arrival: 0,
    utcOffset,
    uniqueId,
    linkedId: fields.TransfereeLinkedid || fields.Linkedid || fields.DestLinkedid || uniqueId,
    queue,
    interface: isOfQueue(name) ? (fields.Interface ?? fields.Member ?? fields.AgentCalled ?? '') : '',
    memberUniqueId: fields.DestUniqueid ?? '',
    memberChannel: fields.DestChannel ?? '',
    position: seconds(fields.Position),
    holdTime: seconds(fields.HoldTime ?? fields.Holdtime),
    ringTime: ringTime !== null && name === 'AgentRingNoAnswer' ? ringTime / 1000 : ringTime,
    talkTime: seconds(fields.TalkTime),
    dialStatus: name === 'DialEnd' ? (fields.DialStatus ?? '') : '',
    consultLinkedId: name === 'AttendedTransfer' ? (fields.SecondTransfererLinkedid ?? '') : '',
    endedBy: name === 'AgentComplete' ? talkEndOf(fields.Reason) : '',
    caller: name === 'QueueCallerJoin' ? callerOf(fields) : null,
    imported: false,
  };
}

function callerOf(fields: Fields): QueueCaller {
  const known = (name: string): string => (fields[name] === '<unknown>' ? '' : (fields[name] ?? ''));
  return {
    channel: known('Channel'),
    number: known('CallerIDNum'),
    name: known('CallerIDName'),
    context: known('Context'),
    extension: known('Exten'),
  };
}

function seconds(text: string | undefined): number | null {
  return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : null;
}
