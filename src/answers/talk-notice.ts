import { passesBy } from '../cdr/filters';
import type { MetricId } from '../cdr/metrics';
import type { ServerNow } from '../cdr/server-now';
import type { CdrQuery } from '../query/model';
import type { AnswerMeta } from './answer';

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
): NonNullable<AnswerMeta['notices']> {
  const silent = servers.filter(
    ({ server, sendsDialEnds }) => sendsDialEnds === false && passesBy(filters, { server })
  );
  return silent.length === 0 || !metrics.some((metric) => talkFigures.has(metric))
    ? []
    : [
        {
          severity: 'info',
          text:
            `Talk begins with the CDR's answer time on ${silent.map(({ server }) => server).join(', ')}, so after Answer() in ` +
            'the dialplan it includes ringing. Give the AMI user the read class "call" to count from the person\'s answer.',
        },
      ];
}
