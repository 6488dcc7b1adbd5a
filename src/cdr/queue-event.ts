import type { TalkEnd } from './talk-end';

/**
 * Events that tell of queue visits and of the phones that rang. Source: Asterisk app_queue and, for the last ones, the core
 * (read class call). Hangup ends the visit of a channel that is gone, BridgeEnter that of one that was taken out of the queue;
 * DialEnd says how each ring ended, and Hangup of a phone that rang whether it refused the call; BlindTransfer and AttendedTransfer
 * tell who passed a caller on, and the latter makes a call and the consultation about it one.
 */
export const queueEventNames = [
  'QueueCallerJoin',
  'QueueCallerLeave',
  'QueueCallerAbandon',
  'AgentCalled',
  'AgentConnect',
  'AgentComplete',
  'AgentDump',
  'AgentRingNoAnswer',
  'DialEnd',
  'Hangup',
  'AttendedTransfer',
  'BlindTransfer',
  'BridgeEnter',
] as const;
export type QueueEventName = (typeof queueEventNames)[number];

/** Who joined a queue, and where in the dialplan. */
export interface QueueCaller {
  channel: string;
  number: string;
  name: string;
  context: string;
  /** Extension that led into the queue, the number dialled where the dialplan goes there directly. */
  extension: string;
}

/** What BlindTransfer and AttendedTransfer tell of a transfer, whether it succeeded or not. */
export interface TransferDetails {
  /** `Success`, or why it failed: `Fail`, `Invalid` or `Not Permitted` (Asterisk: `ast_transfer_result`). */
  result: string;
  /** Number that was dialled to transfer; empty where it is not known. */
  extension: string;
  /** Channel of whoever was consulted; empty for a blind transfer, and where nobody was yet. */
  targetChannel: string;
  /** Id of the channel that consulted; empty for a blind transfer. */
  consultUniqueId: string;
}

/** One event of one caller's channel. Times in epoch milliseconds, spans in seconds. */
export interface QueueEvent {
  server: string;
  name: QueueEventName;
  /** The event's own time (timestampevents), else its arrival. */
  at: number;
  /** How many events of the PBX with the same `at` arrived before it: their order within a millisecond. */
  arrival: number;
  /** Seconds that the PBX's wall clock was ahead of UTC; null where that was not known yet. */
  utcOffset: number | null;
  /** The caller's channel. */
  uniqueId: string;
  linkedId: string;
  /** Empty for the events of the core. */
  queue: string;
  /** Interface of the queue member, such as `PJSIP/1001`; empty where the event has none. */
  interface: string;
  /** Channel that rang the member, which tells two rings of one member apart; of a transfer, that of whoever transferred. */
  memberUniqueId: string;
  /** Its name. */
  memberChannel: string;
  position: number | null;
  holdTime: number | null;
  ringTime: number | null;
  talkTime: number | null;
  /** Of DialEnd, such as ANSWER, NOANSWER, CANCEL or BUSY; `refused` of the Hangup of a phone that refused a call; else empty. */
  dialStatus: string;
  /** Of AttendedTransfer, the linked id of the consultation; empty for all others. */
  consultLinkedId: string;
  /** Of BlindTransfer and AttendedTransfer; null for all others. */
  transfer: TransferDetails | null;
  /** Of QueueCallerJoin; null for all others. */
  caller: QueueCaller | null;
  /** Of AgentComplete; empty for all others. */
  endedBy: TalkEnd;
  /** True where only the PBX's queue_log told of it. */
  imported: boolean;
}
