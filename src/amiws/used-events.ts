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
  // As Asterisk 11 and before name them; what goes on now of their channels.
  'Join',
  'Leave',
  'Bridge',
  'Link',
  'Unlink',
  'Dial',
  // The call that a channel belongs to, where records bear no linked id; what goes on now.
  'Newchannel',
  'Newstate',
  'NewCallerid',
  'Rename',
  'BridgeLeave',
  'Hold',
  'Unhold',
  // The channel that takes the place of a caller behind a Local channel.
  'LocalOptimizationBegin',
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

/** Names of today for those that Asterisk 11 and before sent. Source: UPGRADE-12.txt of Asterisk, app_queue. */
const names: ReadonlyMap<string, string> = new Map([
  ['Join', 'QueueCallerJoin'],
  ['Leave', 'QueueCallerLeave'],
]);

/** The name of an event as Asterisk 12 and later have it. */
export function nameOfEvent(name: string): string {
  return names.get(name) ?? name;
}
