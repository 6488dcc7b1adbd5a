import { isHourDimension } from '../cdr/fact-groups';
import { loadOf } from '../cdr/metrics';
import { isCutLocally } from '../cdr/time-buckets';
import type { StatisticsPlan } from '../cdr/sum-facts';
import type { CdrQuery } from '../query/model';
import type { AnswerMeta } from './answer';
import type { StatisticsDefaults } from './statistics-plan';

/** PBXes that a notice names one by one. */
const named = 3;

/** What began at one time is in the hour of its own PBX's clock; what lasts from one hour into others is not. */
function isCutByOneClock({ metrics, groupBy }: CdrQuery, { buckets }: StatisticsPlan): boolean {
  return buckets === null
    ? groupBy.some(isHourDimension) && metrics.some((id) => loadOf(id) !== null)
    : isCutLocally(buckets);
}

/** What a statistics answer says of the clock that cuts its days; nothing where a zone is asked for, or there is one clock. */
export function clockNotices(
  query: CdrQuery,
  plan: StatisticsPlan,
  { clocks }: StatisticsDefaults
): NonNullable<AnswerMeta['notices']> {
  if (query.timeZone !== 'pbx' || !isCutByOneClock(query, plan)) {
    return [];
  }
  const { clock, others } = clocks.ofQuestion(query.filters.server, plan.to);
  if (clock.offsetAt(plan.to) === null) {
    return [
      {
        severity: 'info',
        text:
          'The time zone of the PBX is not known yet, so days are those of UTC. Set the time zone of the PBX in the ' +
          'configuration of the data source, or choose a zone in the query.',
      },
    ];
  }
  const more = others.length > named ? ` and ${others.length - named} more` : '';
  return others.length === 0
    ? []
    : [
        {
          severity: 'info',
          text:
            `The clocks of ${others.slice(0, named).join(', ')}${more} show another time than the one by which days are cut ` +
            'here. Filter by server, or choose a time zone in the query.',
        },
      ];
}
