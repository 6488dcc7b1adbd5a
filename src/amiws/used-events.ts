import { queueEventNames } from '../cdr/queue-event';

/**
 * Events that something here reads; every other event is told apart by its name and never parsed.
 *
 * Names as Asterisk 16 to 22 send them (manager events of cdr_manager, app_queue and the core). An event missing here
 * can't be seen by anything downstream: add it before reading it.
 */
export const usedEvents: ReadonlySet<string> = new Set([
  'Cdr',
  ...queueEventNames,
  // Members of queues: who is there, free, paused. Asterisk 11 and before wrote QueueMemberPaused.
  'QueueMemberStatus',
  'QueueMemberAdded',
  'QueueMemberRemoved',
  'QueueMemberPause',
  'QueueMemberPaused',
  // Answer to QueueStatus.
  'QueueParams',
  'QueueMember',
  'QueueEntry',
  'QueueStatusComplete',
  // Start and stop of the PBX.
  'FullyBooted',
  'Shutdown',
]);
