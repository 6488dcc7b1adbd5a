import type { CallNow } from '../cdr/calls-now';
import { unheardCall } from '../cdr/calls-now';
import type { PbxClocks } from '../cdr/pbx-clocks';
import type { BoardNow } from '../cdr/pbx-board';
import { waitingIn } from '../cdr/queue-board';
import { channelKey } from '../cdr/queue-line';
import type { WaitingCaller } from '../cdr/waiting-caller';
import type { CdrQuery } from '../query/model';
import type { Answer } from './answer';
import { callNowFilter } from './call-now-filter';
import { secondsSince } from '../cdr/seconds-since';
import { statusAnswer, type StatusField } from './status-answer';

interface CallerRow extends Pick<WaitingCaller, 'server' | 'queue' | 'position' | 'since'> {
  source: string;
  callerName: string;
  waitTime: number;
  ringing: string;
  linkedId: string;
}

const fields: ReadonlyArray<StatusField<CallerRow>> = [
  { name: 'queue', title: 'Queue', type: 'string' },
  { name: 'position', title: 'Position', type: 'number' },
  { name: 'source', title: 'Source', type: 'string', origin: 'free' },
  { name: 'callerName', title: 'Caller name', type: 'string', origin: 'free' },
  { name: 'waitTime', title: 'Wait time', type: 'number', unit: 's' },
  { name: 'ringing', title: 'Ringing', type: 'string', origin: 'free', isList: true },
  { name: 'since', title: 'Since', type: 'time' },
  { name: 'server', title: 'Server', type: 'string' },
  { name: 'linkedId', title: 'Linked ID', type: 'string', origin: 'callId' },
];

/** Callers who wait in queues, by PBX and queue in the order of the line. */
export function callersWaitingAnswer(
  { queues, calls, now }: BoardNow,
  { filters, columns }: Pick<CdrQuery, 'filters' | 'columns'>,
  clocks: Pick<PbxClocks, 'of'>
): Answer {
  const byChannel = new Map(calls.map((call) => [channelKey(call.server, call.waitingId), call]));
  const passes = callNowFilter(filters, clocks, now);
  const rows = waitingIn(queues).flatMap((caller) => {
    const call = byChannel.get(channelKey(caller.server, caller.uniqueId)) ?? unheardCall(caller);
    return passes(call) ? [rowOf(caller, call, now)] : [];
  });
  return statusAnswer({ name: 'Callers waiting', type: 'callersWaiting', fields }, rows, columns);
}

function rowOf({ server, queue, position, number, name, since }: WaitingCaller, call: CallNow, now: number): CallerRow {
  return {
    ...{ server, queue, position, source: number, callerName: name, since },
    waitTime: secondsSince(since, now),
    ringing: call.ringing.join(', '),
    linkedId: call.linkedId,
  };
}
