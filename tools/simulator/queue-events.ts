import type { Application, CdrRecords } from './cdr-records';
import { channelFields, type Channel } from './channel';
import { endDial, pair } from './dial';
import type { Leg } from './leg';
import type { Pbx } from './pbx';
import type { QueueCaller, QueueLine } from './queue-line';
import type { Script } from './timeline';

/** A caller in a queue, with all that its events and records need. */
export interface QueueCall {
  pbx: Pbx;
  line: QueueLine;
  caller: Channel;
  place: QueueCaller;
  records: CdrRecords;
  queueApp: Application;
  /** The caller goes on into another queue, up to the end of the call. */
  sendTo: (queue: string) => Script;
}

export function emitQueue({ pbx, line, caller }: QueueCall, name: string, more: Record<string, number>): void {
  pbx.emit(name, 'agent', { ...channelFields(caller), Queue: line.queue.name, ...more });
}

export function emitAgent(call: QueueCall, name: string, leg: Leg, more: Record<string, string | number>): void {
  const { pbx, line, caller } = call;
  const member = { Queue: line.queue.name, Interface: leg.agent.interface, MemberName: leg.agent.name };
  pbx.emit(name, 'agent', { ...pair(caller, leg.channel), ...member, ...more });
}

/** RingTime in milliseconds, though counted in whole seconds (seen). */
export function ringNoAnswer(call: QueueCall, leg: Leg): void {
  emitAgent(call, 'AgentRingNoAnswer', leg, { RingTime: wholeSeconds(leg.startedAt, call.pbx.now) * 1000 });
  endDial(call.pbx, call.caller, leg.channel, 'NOANSWER');
}

export function leaveQueue(call: QueueCall): void {
  const { pbx, line, place } = call;
  const Position = line.position(place);
  line.leave(place);
  if (line.waiting.length === 0) {
    pbx.setDevice(`Queue:${line.queue.name}`, 'NOT_INUSE');
  }
  emitQueue(call, 'QueueCallerLeave', { Position, Count: line.waiting.length });
}

/** As app_queue counts: the difference of two clocks that show whole seconds. */
export function wholeSeconds(from: number, to: number): number {
  return Math.floor(to / 1000) - Math.floor(from / 1000);
}
