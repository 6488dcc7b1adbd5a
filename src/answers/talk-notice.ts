import { passesBy } from '../cdr/filters';
import type { MetricId } from '../cdr/metrics';
import type { ServerNow } from '../cdr/server-now';
import type { CdrQuery } from '../query/model';
import { sentence } from '../sentences/sentence';
import { notice, type Notice } from './notice';

/** Figures that hold the ringing after Answer() by the dialplan, where nothing says when a person answered. */
const talkFigures: ReadonlySet<MetricId> = new Set([
  'totalTalkTime',
  'averageTalkTime',
  'averageRingTime',
  'totalHandleTime',
  'averageHandleTime',
]);

/** What a statistics answer says of talk times where a PBX does not send when phones are answered. */
export function talkNotices(
  { metrics, filters }: Pick<CdrQuery, 'metrics' | 'filters'>,
  servers: readonly ServerNow[]
): Notice[] {
  const silent = servers.filter(
    ({ server, sendsDialEnds }) => sendsDialEnds === false && passesBy(filters, { server })
  );
  return silent.length === 0 || !metrics.some((metric) => talkFigures.has(metric))
    ? []
    : [notice('info', sentence('notice.talk.includes-ringing', { servers: silent.map(({ server }) => server) }))];
}
