/** Events that make a queue visit. Source: Asterisk app_queue; Hangup ends the visit of a channel that is gone. */
export const queueEventNames = [
  'QueueCallerJoin',
  'QueueCallerLeave',
  'QueueCallerAbandon',
  'AgentCalled',
  'AgentConnect',
  'AgentComplete',
  'AgentRingNoAnswer',
  'Hangup',
] as const;
export type QueueEventName = (typeof queueEventNames)[number];

/** One queue event of one caller's channel. Times in epoch milliseconds, spans in seconds. */
export interface QueueEvent {
  server: string;
  name: QueueEventName;
  /** The event's own time (timestampevents), else its arrival. */
  at: number;
  /** Seconds that the PBX's wall clock was ahead of UTC; null where that was not known yet. */
  utcOffset: number | null;
  /** The caller's channel. */
  uniqueId: string;
  linkedId: string;
  /** Empty for Hangup. */
  queue: string;
  /** Interface of the queue member, such as `PJSIP/1001`; empty where the event has none. */
  interface: string;
  /** Channel that rang the member; tells two rings of one member apart. */
  memberUniqueId: string;
  position: number | null;
  holdTime: number | null;
  ringTime: number | null;
  talkTime: number | null;
}
