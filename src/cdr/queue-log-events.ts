import type { QueueEvent, QueueEventName } from './queue-event';
import type { QueueLogLine } from './queue-log-line';
import type { TalkEnd } from './talk-end';
import { uniqueIdTime } from './wall-clock';

/** When a line was written, by which PBX, and how a member's interface is found. */
export interface QueueLogContext {
  server: string;
  /** Epoch milliseconds. */
  at: number;
  /** Order of the lines of one instant. */
  arrival: number;
  utcOffset: number | null;
  /** Interface of a member of a queue by his name; the name where it is not known. */
  interfaceOf: (queue: string, name: string) => string;
}

/** Milliseconds by which a member must have answered before he was connected, to hear an announcement or a delay. */
const announced = 2_000;

/**
 * Places of what follows an event, and how much of it there must be: less is a line that is cut. Source: Asterisk 1.8 to 22,
 * apps/app_queue.c.
 */
interface Meaning {
  name: QueueEventName;
  least: number;
  position?: number;
  holdTime?: number;
  talkTime?: number;
  /** Milliseconds. */
  ringTime?: number;
  endedBy?: TalkEnd;
}

const abandon: Meaning = { name: 'QueueCallerAbandon', least: 3, position: 0, holdTime: 2 };
const complete: Meaning = { name: 'AgentComplete', least: 2, holdTime: 0, talkTime: 1 };
const transfer: Meaning = { name: 'AgentComplete', least: 4, holdTime: 2, talkTime: 3, endedBy: 'transfer' };

const meanings: Readonly<Record<string, Meaning>> = {
  ENTERQUEUE: { name: 'QueueCallerJoin', least: 2, position: 2 },
  CONNECT: { name: 'AgentConnect', least: 2, holdTime: 0 },
  COMPLETECALLER: { ...complete, endedBy: 'caller' },
  COMPLETEAGENT: { ...complete, endedBy: 'agent' },
  // Asterisk before 12 writes TRANSFER for both.
  TRANSFER: transfer,
  BLINDTRANSFER: transfer,
  ATTENDEDTRANSFER: transfer,
  ABANDON: abandon,
  // Asterisk counts those as abandoned too. Before 1.8 only the position follows.
  EXITWITHTIMEOUT: { ...abandon, least: 1 },
  EXITEMPTY: { ...abandon, least: 1 },
  WITHDRAW: abandon,
  EXITWITHKEY: { name: 'QueueCallerLeave', least: 2, position: 1 },
  RINGNOANSWER: { name: 'AgentRingNoAnswer', least: 1, ringTime: 0 },
  AGENTDUMP: { name: 'AgentDump', least: 0 },
  SYSCOMPAT: { name: 'QueueCallerAbandon', least: 0 },
};

/**
 * The queue events that a line tells of, as they would have come live, but for what the queue_log does not know: the
 * caller's linked id, name and dialplan, and the channel of a member who did not answer. None for a line that tells nothing
 * of a caller; null for one that is cut.
 */
export function queueLogEvents(line: QueueLogLine, context: QueueLogContext): QueueEvent[] | null {
  const meaning = Object.hasOwn(meanings, line.event) ? meanings[line.event] : undefined;
  if (!meaning || uniqueIdTime(line.callId) === null) {
    return [];
  }
  const data = meaning === transfer && line.data[0] === 'LINK' ? line.data.slice(1) : line.data;
  const spans = [meaning.position, meaning.holdTime, meaning.talkTime, meaning.ringTime];
  const isCut =
    line.queue === '' ||
    data.length < meaning.least ||
    spans.some((place) => place !== undefined && place < meaning.least && seconds(data[place]) === null);
  if (isCut) {
    return null;
  }
  const event = eventOf(line, meaning, data, context);
  switch (line.event) {
    case 'CONNECT':
      return [...calledBefore(event), event];
    case 'COMPLETECALLER':
      return [event, hangup(event)];
    case 'TRANSFER':
    case 'BLINDTRANSFER':
      return [event, transferred(event, 'BlindTransfer', data[0]!)];
    case 'ATTENDEDTRANSFER':
      return [event, transferred(event, 'AttendedTransfer', '')];
    default:
      return [event];
  }
}

function eventOf(
  { callId, queue, agent, event }: QueueLogLine,
  { name, position, holdTime, talkTime, ringTime, endedBy = '' }: Meaning,
  data: readonly string[],
  { interfaceOf, ...context }: QueueLogContext
): QueueEvent {
  const at = (place: number | undefined): number | null => (place === undefined ? null : seconds(data[place]));
  const isConnect = event === 'CONNECT';
  const ring = at(ringTime);
  return {
    ...context,
    name,
    uniqueId: callId,
    linkedId: callId,
    queue,
    interface: name.startsWith('Agent') ? interfaceOf(queue, agent) : '',
    memberUniqueId: isConnect ? data[1]! : '',
    memberChannel: '',
    position: at(position),
    holdTime: at(holdTime),
    ringTime: isConnect ? seconds(data[2]) : ring === null ? null : ring / 1000,
    talkTime: at(talkTime),
    dialStatus: '',
    consultLinkedId: '',
    endedBy,
    transfer: null,
    caller:
      name === 'QueueCallerJoin' ? { channel: '', number: data[1] ?? '', name: '', context: '', extension: '' } : null,
    imported: true,
  };
}

/**
 * The ring before an answer, where the member answered a while before he was connected: his channel's id tells when it began
 * to ring.
 */
function calledBefore(connect: QueueEvent): QueueEvent[] {
  const called = uniqueIdTime(connect.memberUniqueId);
  const { at, holdTime, ringTime } = connect;
  const isAnnounced =
    called !== null &&
    ringTime !== null &&
    called >= at - ((holdTime ?? 0) + 2) * 1000 &&
    called + ringTime * 1000 <= at - announced;
  return isAnnounced
    ? [{ ...connect, name: 'AgentCalled', at: called, holdTime: null, ringTime: null, talkTime: null }]
    : [];
}

const ofNoQueue = { queue: '', position: null, holdTime: null, ringTime: null, talkTime: null, endedBy: '' as const };

function hangup(event: QueueEvent): QueueEvent {
  return { ...event, ...ofNoQueue, interface: '', name: 'Hangup' };
}

/** Of an attended transfer, Asterisk writes the bridge to which the caller went, not who is there. */
function transferred(event: QueueEvent, name: 'BlindTransfer' | 'AttendedTransfer', extension: string): QueueEvent {
  const transfer = { result: 'Success', extension, targetChannel: '', consultUniqueId: '' };
  return { ...event, ...ofNoQueue, name, transfer };
}

function seconds(text: string | undefined): number | null {
  return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : null;
}
