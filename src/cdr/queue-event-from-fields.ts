import { queueEventNames, type QueueEvent, type QueueEventName } from './queue-event';

const names: ReadonlySet<string> = new Set(queueEventNames);

/** True for the events that `queueEventFromFields` reads. */
export function isQueueEventName(name: string): name is QueueEventName {
  return names.has(name);
}

/**
 * A queue event from the fields of an AMI event; null where it lacks the channel or, but for Hangup, the queue.
 * RingTime comes in milliseconds with AgentRingNoAnswer and in seconds with AgentConnect (seen; Asterisk app_queue).
 */
export function queueEventFromFields(
  server: string,
  name: QueueEventName,
  fields: Readonly<Record<string, string>>,
  at: number,
  utcOffset: number | null
): QueueEvent | null {
  const uniqueId = fields.Uniqueid ?? fields.UniqueID ?? '';
  const queue = fields.Queue ?? '';
  if (uniqueId === '' || (queue === '' && name !== 'Hangup')) {
    return null;
  }
  const ringTime = number(fields.RingTime);
  return {
    server,
    name,
    at,
    utcOffset,
    uniqueId,
    linkedId: fields.Linkedid || uniqueId,
    queue,
    interface: fields.Interface ?? '',
    memberUniqueId: fields.DestUniqueid ?? '',
    position: number(fields.Position),
    holdTime: number(fields.HoldTime),
    ringTime: ringTime !== null && name === 'AgentRingNoAnswer' ? ringTime / 1000 : ringTime,
    talkTime: number(fields.TalkTime),
  };
}

function number(text: string | undefined): number | null {
  return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : null;
}
