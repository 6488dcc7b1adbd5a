import type { TimeRange } from '@grafana/data';
import type { LiveStart } from '../query/live-start';

/** True for a range that now belongs to and that grows: the last hour, or today. */
export function endsNow({ raw, to }: TimeRange, now: number): boolean {
  return raw.to === 'now' || (typeof raw.to === 'string' && raw.to.startsWith('now') && to.valueOf() > now);
}

export function liveStart({ raw, from, to }: TimeRange): LiveStart {
  const isRolling = typeof raw.from === 'string' && raw.from.startsWith('now') && !raw.from.includes('/');
  return isRolling ? { rangeMs: to.valueOf() - from.valueOf() } : { from: from.valueOf() };
}
