import { noCall } from '../cdr/call';
import type { CallNow } from '../cdr/calls-now';
import type { FactRow } from '../cdr/fact-rows';
import type { CdrFilters } from '../cdr/filters';
import { matchesFilters } from '../cdr/filters';
import type { PbxClocks } from '../cdr/pbx-clocks';
import { secondsSince } from '../cdr/seconds-since';

/** Whether filters let a call in progress through: as they would the call that is stored of it, as far as it is known. */
export function callNowFilter(
  filters: CdrFilters,
  clocks: Pick<PbxClocks, 'of'>,
  now: number
): (call: CallNow) => boolean {
  return (call) => {
    const { server, linkedId, startTime, source, destination, direction, queue, trunk } = call;
    const agents = [...new Set([...call.agents, ...call.ringing])];
    const row: FactRow = {
      ...noCall,
      ...{ fact: 'call', time: startTime, server, linkedId, source, destination, direction, queue, trunk },
      ...{ callingAgent: call.callingAgent, accountCode: call.accountCode, did: destination, queues: [queue] },
      ...{ agent: agents[0] ?? '', agents, endedBy: '', transferred: false, adds: {}, seconds: {}, ends: {} },
      duration: secondsSince(startTime, now),
      utcOffset: clocks.of(server).offsetAt(now) ?? 0,
    };
    return matchesFilters(row, filters);
  };
}
