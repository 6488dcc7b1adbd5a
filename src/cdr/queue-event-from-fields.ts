import {
  queueEventNames,
  type QueueCaller,
  type QueueEvent,
  type QueueEventName,
  type TransferDetails,
} from './queue-event';
import { talkEndOf } from './talk-end';

const names: ReadonlySet<string> = new Set(queueEventNames);
/** They belong to a channel, not to a queue. */
const ofChannels: ReadonlySet<QueueEventName> = new Set([
  'AttendedTransfer',
  'BlindTransfer',
  'BridgeEnter',
  'DialEnd',
  'Hangup',
]);

/** Who transferred, as his fields begin: of an attended transfer, by the channel that has talked to the caller. */
const transferers: Partial<Record<QueueEventName, string>> = {
  AttendedTransfer: 'OrigTransferer',
  BlindTransfer: 'Transferer',
};

type Fields = Readonly<Record<string, string>>;

/** What `dialStatus` says of the Hangup of a phone that refused a call. */
export const refused = 'refused';
/** State of a channel whose phone rings. Source: Asterisk channelstate.h. */
const ringing = '5';
/** User busy (SIP 486) and call rejected (SIP 603): a phone that rings was free until somebody declined. Source: causes.h. */
const refusals: ReadonlySet<string> = new Set(['17', '21']);

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
  const by = transferers[name];
  // Of a bridge of several, none is the one who is transferred.
  const uniqueId =
    by === undefined
      ? (fields.Uniqueid ?? fields.UniqueID ?? fields.DestUniqueid ?? '')
      : (fields.TransfereeUniqueid ?? fields[`${by}Uniqueid`] ?? '');
  const queue = fields.Queue ?? '';
  if ((uniqueId === '' && name !== 'AgentComplete') || (queue === '' && isOfQueue(name))) {
    return null;
  }
  const isRefusal = name === 'Hangup' && fields.ChannelState === ringing && refusals.has(fields.Cause ?? '');
  const ringTime = seconds(fields.RingTime ?? fields.Ringtime);
  return {
    server,
    name,
    at,
    arrival: 0,
    utcOffset,
    uniqueId,
    linkedId: (by === undefined ? '' : linkedIdOf(fields, by)) || fields.Linkedid || fields.DestLinkedid || uniqueId,
    queue,
    interface: isOfQueue(name) ? (fields.Interface ?? fields.Member ?? fields.AgentCalled ?? '') : '',
    memberUniqueId: (by === undefined ? fields.DestUniqueid : fields[`${by}Uniqueid`]) ?? '',
    memberChannel:
      (by === undefined ? (fields.DestChannel ?? (isRefusal ? fields.Channel : undefined)) : fields[`${by}Channel`]) ??
      '',
    position: seconds(fields.Position),
    holdTime: seconds(fields.HoldTime ?? fields.Holdtime),
    ringTime: ringTime !== null && name === 'AgentRingNoAnswer' ? ringTime / 1000 : ringTime,
    talkTime: seconds(fields.TalkTime),
    dialStatus: name === 'DialEnd' ? (fields.DialStatus ?? '') : isRefusal ? refused : '',
    consultLinkedId: name === 'AttendedTransfer' ? (fields.SecondTransfererLinkedid ?? '') : '',
    endedBy: name === 'AgentComplete' ? talkEndOf(fields.Reason) : '',
    transfer: by === undefined ? null : transferOf(name, fields),
    caller: name === 'QueueCallerJoin' ? callerOf(fields) : null,
    imported: false,
  };
}

function linkedIdOf(fields: Fields, by: string): string {
  return fields.TransfereeLinkedid || (fields[`${by}Linkedid`] ?? '');
}

/** An extension of Asterisk's own, which nobody dials. */
const special = /^[a-z]?$/;

/**
 * Of an attended transfer, the number stands at the channel that consulted; a phone that holds the caller and consults by one
 * channel (feature code) has another extension, and then the target has it. Source: Asterisk, stasis_bridges.c.
 */
function transferOf(name: QueueEventName, fields: Fields): TransferDetails {
  const field = (one: string): string => (fields[one] === '<unknown>' ? '' : (fields[one] ?? ''));
  const result = field('Result') || 'Success';
  if (name === 'BlindTransfer') {
    return { result, extension: field('Extension'), targetChannel: '', consultUniqueId: '' };
  }
  const isOwnChannel = field('SecondTransfererUniqueid') === field('OrigTransfererUniqueid');
  const numbers = [
    isOwnChannel ? '' : field('SecondTransfererExten'),
    field('TransferTargetExten'),
    field('TransferTargetCallerIDNum'),
  ];
  return {
    result,
    extension: numbers.find((number) => !special.test(number)) ?? '',
    targetChannel: field('TransferTargetChannel'),
    consultUniqueId: isOwnChannel ? field('TransferTargetUniqueid') : field('SecondTransfererUniqueid'),
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
