import { passesBy } from '../cdr/filters';
import { measures } from '../cdr/measures';
import { loadOf, metrics } from '../cdr/metrics';
import type { ServerNow } from '../cdr/server-now';
import type { CdrQuery } from '../query/model';
import { sentence } from '../sentences/sentence';
import { notice, type Notice } from './notice';

/** Calls of one PBX are rarely followed by those of another sooner. Seconds. */
const bearable = 5;

type Asked = Pick<CdrQuery, 'queryType' | 'metrics' | 'groupBy' | 'filters'>;

/**
 * What an answer says that puts calls of several PBXes in one order, each by the clock of its own PBX, where these clocks
 * differ now.
 */
export function clockOrderNotices(query: Asked, servers: readonly ServerNow[]): Notice[] {
  const clocks = servers
    .filter(({ server }) => isInOrder(query, server))
    .flatMap(({ server, clockOffset }) => (clockOffset === null ? [] : { server, clockOffset }))
    .sort((a, b) => a.clockOffset - b.clockOffset);
  const [slowest, fastest] = [clocks[0], clocks.at(-1)];
  const seconds = Math.round((fastest?.clockOffset ?? 0) - (slowest?.clockOffset ?? 0));
  return seconds > bearable
    ? [notice('warning', sentence('notice.clock.order', { slow: slowest!.server, fast: fastest!.server, seconds }))]
    : [];
}

/** Whether calls of a PBX are put in order with those of others. Callers may be reached on any PBX, whatever the filters. */
function isInOrder(query: Asked, server: string): boolean {
  return isOfCallers(query) || (isOfPeaks(query) && passesBy(query.filters, { server }));
}

function isOfCallers({ queryType, metrics: ids }: Asked): boolean {
  return queryType === 'statistics'
    ? ids.some((id) => metrics[id].measures.some((measure) => /^(lostCaller|contact)$/.test(measures[measure])))
    : queryType === 'lostCallers' || queryType === 'repeatedCallers';
}

function isOfPeaks({ queryType, metrics: ids, groupBy }: Asked): boolean {
  return queryType === 'statistics'
    ? !groupBy.includes('server') && ids.some((id) => loadOf(id)?.isPeak)
    : queryType === 'busiestHours';
}
