import type { PbxClock } from '../cdr/pbx-clock';
import { hasRange } from '../query/has-range';
import type { ExportRequest } from './export-request';
import { timeText } from './time-text';

/**
 * Name of an export's file, by the days that it holds: `calls-2026-11-24.csv`, `records-2026-11-01-to-2026-11-24.json`.
 * @param clock the PBX's, for days of the zone `pbx`
 * @param now epoch milliseconds, the day of what is of no range
 */
export function fileName({ query, from, to, format, timeZone }: ExportRequest, clock: PbxClock, now: number): string {
  const write = timeText('plain', timeZone);
  const day = (instant: number): string => String(write(instant, clock.offsetAt(instant) ?? 0)).slice(0, 10);
  const [first, last] = hasRange(query) ? [day(from), day(Math.max(from, to - 1))] : [day(now), day(now)];
  return `${query.queryType}-${first === last ? first : `${first}-to-${last}`}.${format}`;
}
