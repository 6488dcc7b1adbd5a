import { rangeUtil, type RawTimeRange, type TimeRange } from '@grafana/data';
import { distinctUntilChanged, interval, map, of, startWith, type Observable } from 'rxjs';
import type { LiveStart } from '../query/live-start';

/** How soon a new day is noticed. Milliseconds. */
const lookMs = 30_000;

/** True for a range that now belongs to and that grows: the last hour, or today. */
export function endsNow({ raw, to }: TimeRange, now: number): boolean {
  return raw.to === 'now' || (typeof raw.to === 'string' && raw.to.startsWith('now') && to.valueOf() > now);
}

export function liveStart({ raw, from, to }: TimeRange): LiveStart {
  const isRolling = isRelative(raw.from) && !raw.from.includes('/');
  return isRolling ? { rangeMs: to.valueOf() - from.valueOf() } : { from: from.valueOf() };
}

/**
 * The range at this moment: the last hour until now, today from today's midnight.
 * @param timeZone Grafana's `request.timezone`, in which days begin
 */
export function rangeNow(range: TimeRange, timeZone: string): TimeRange {
  const { raw } = range;
  const { from, to } = rangeUtil.convertRawToRange(raw, timeZone);
  return { raw, from: isRelative(raw.from) ? from : range.from, to: isRelative(raw.to) ? to : range.to };
}

/** A range, and again each time that its start jumps, as that of today does at midnight. */
export function liveRanges(range: TimeRange, timeZone: string): Observable<TimeRange> {
  if (!isRelative(range.raw.from) || !range.raw.from.includes('/')) {
    return of(range);
  }
  return interval(lookMs).pipe(
    map(() => rangeNow(range, timeZone)),
    startWith(range),
    distinctUntilChanged((before, after) => before.from.valueOf() === after.from.valueOf())
  );
}

/** Where fiscal years begin is not known here: such a range stays as it is. */
function isRelative(raw: RawTimeRange['from']): raw is string {
  return typeof raw === 'string' && raw.startsWith('now') && !raw.includes('/f');
}
