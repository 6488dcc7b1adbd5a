import { isOfOthers } from '../cdr/alone-groups';
import { loadOf } from '../cdr/metrics';
import type { GroupSums } from '../cdr/sum-facts';
import type { CdrQuery } from '../query/model';
import { sentence } from '../sentences/sentence';
import type { TimeRange } from './answer';
import { notice, type Notice } from './notice';

/** A range that ends so long ago is of calls that have ended, but for a few. Milliseconds. */
const fresh = 60_000;

/** What there is to say of calls at the same time in a range that ends now: those that go on are none of them yet. */
export function progressNotices(
  { queryType, metrics }: Pick<CdrQuery, 'queryType' | 'metrics'>,
  { to }: Pick<TimeRange, 'to'>,
  now: number
): Notice[] {
  const isAsked = queryType === 'busiestHours' || metrics.some((id) => loadOf(id) !== null);
  return isAsked && to > now - fresh ? [notice('info', sentence('notice.traffic.in-progress'))] : [];
}

/** What there is to say of the row of all others, which has no peak where it is of several groups. */
export function othersNotices({ metrics }: Pick<CdrQuery, 'metrics'>, groups: readonly GroupSums[]): Notice[] {
  const peaks = metrics.flatMap((id) => loadOf(id) ?? []).filter(({ isPeak }) => isPeak);
  const hasNone = groups.some(
    ({ group, traffic }) => isOfOthers(group) && peaks.some(({ of }) => traffic[of]?.peak === null)
  );
  return hasNone ? [notice('info', sentence('notice.traffic.others'))] : [];
}
