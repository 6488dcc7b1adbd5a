import { isHourDimension } from '../cdr/fact-groups';
import { loadOf } from '../cdr/metrics';
import { isCutLocally } from '../cdr/time-buckets';
import type { StatisticsPlan } from '../cdr/sum-facts';
import type { CdrQuery } from '../query/model';
import { listOf, sentence } from '../sentences/sentence';
import { notice, type Notice } from './notice';
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
export function clockNotices(query: CdrQuery, plan: StatisticsPlan, { clocks }: StatisticsDefaults): Notice[] {
  if (query.timeZone !== 'pbx' || !isCutByOneClock(query, plan)) {
    return [];
  }
  const { clock, others } = clocks.ofQuestion(query.filters.server, plan.to);
  if (clock.offsetAt(plan.to) === null) {
    return [notice('info', sentence('notice.clock.unknown'))];
  }
  return others.length === 0
    ? []
    : [notice('info', sentence('notice.clock.others', { servers: listOf(others, named) }))];
}
