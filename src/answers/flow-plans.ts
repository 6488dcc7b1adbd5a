import { aloneGroups } from '../cdr/alone-groups';
import { isHourDimension } from '../cdr/fact-groups';
import type { FlowPlan } from '../cdr/flows';
import { loadOf } from '../cdr/metrics';
import type { StatisticsPlan } from '../cdr/sum-facts';
import type { BucketWidth } from '../cdr/time-buckets';
import type { CdrQuery } from '../query/model';
import { zoneOf, type StatisticsDefaults } from './statistics-plan';

const hour = 3_600_000;
const day = 24 * hour;

/**
 * What a statistics question asks of what goes on at the same time, up to now. By hours, days, months or years it is asked of
 * each of them: a call is in each that it lasts into.
 */
export function flowPlans(
  query: CdrQuery,
  plan: StatisticsPlan,
  defaults: StatisticsDefaults,
  now: number
): FlowPlan[] {
  const asked = query.metrics.flatMap((id) => loadOf(id) ?? []);
  const { from } = plan;
  const to = Math.min(plan.to, now);
  const groupBy = plan.groupBy.filter((dimension) => !isHourDimension(dimension));
  const buckets =
    groupBy.length < plan.groupBy.length
      ? { width: widthOf(plan), stretches: zoneOf(query, defaults, { from: from - day, to: plan.to + day }, plan.to) }
      : plan.buckets;
  const places = groupBy.map((dimension) => plan.groupBy.indexOf(dimension));
  const alone =
    plan.alone &&
    aloneGroups(
      groupBy.length,
      Array.from(plan.alone.groups.values(), (group) => places.map((place) => group[place]!))
    );
  return [...new Set(asked.map(({ of }) => of))].map((load) => ({
    ...{ ...plan, to, groupBy, buckets, load, alone },
    peaks: asked.some(({ of, isPeak }) => of === load && isPeak),
  }));
}

/** Months where nothing shorter is asked for: there are fewer of them. */
function widthOf({ groupBy }: StatisticsPlan): BucketWidth {
  return groupBy.every((dimension) => !isHourDimension(dimension) || dimension === 'month' || dimension === 'year')
    ? { months: 1 }
    : hour;
}
