import { isOfOthers } from '../cdr/alone-groups';
import { loadOf } from '../cdr/metrics';
import type { GroupSums } from '../cdr/sum-facts';
import type { CdrQuery } from '../query/model';
import type { AnswerMeta, TimeRange } from './answer';

/** A range that ends so long ago is of calls that have ended, but for a few. Milliseconds. */
const fresh = 60_000;

type Notices = NonNullable<AnswerMeta['notices']>;

/** What there is to say of calls at the same time in a range that ends now: those that go on are none of them yet. */
export function progressNotices(
  { queryType, metrics }: Pick<CdrQuery, 'queryType' | 'metrics'>,
  { to }: Pick<TimeRange, 'to'>,
  now: number
): Notices {
  const isAsked = queryType === 'busiestHours' || metrics.some((id) => loadOf(id) !== null);
  const text = 'Calls that are still in progress are counted once they end, so the newest values can still grow.';
  return isAsked && to > now - fresh ? [{ severity: 'info', text }] : [];
}

/** What there is to say of the row of all others, which has no peak where it is of several groups. */
export function othersNotices({ metrics }: Pick<CdrQuery, 'metrics'>, groups: readonly GroupSums[]): Notices {
  const peaks = metrics.flatMap((id) => loadOf(id) ?? []).filter(({ isPeak }) => isPeak);
  const hasNone = groups.some(
    ({ group, traffic }) => isOfOthers(group) && peaks.some(({ of }) => traffic[of]?.peak === null)
  );
  const text =
    'The row (others) has no peak: its groups need not have most calls at the same instant, so their peaks do not add up.';
  return hasNone ? [{ severity: 'info', text }] : [];
}
