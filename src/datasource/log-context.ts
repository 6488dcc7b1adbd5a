import {
  dateTime,
  LogRowContextQueryDirection,
  type LogRowContextOptions,
  type LogRowModel,
  type TimeRange,
} from '@grafana/data';
import type { PanelQuery } from './panel-query';

/** Milliseconds around a line that are looked at unless Grafana says otherwise, and lines on each side. */
const usualWindow = 2 * 3_600_000;
const usualLimit = 100;

/** What surrounds a line of a log: all lines of its PBX before it, or from it on, whatever the query filters by. */
export function contextQuery(
  { labels }: Pick<LogRowModel, 'labels'>,
  { direction, limit = usualLimit }: LogRowContextOptions,
  query: PanelQuery | undefined
): PanelQuery {
  return {
    refId: query?.refId ?? 'A',
    datasource: query?.datasource,
    queryType: query?.queryType === 'records' ? 'records' : 'calls',
    format: 'logs',
    limit,
    sortBy: 'startTime',
    sortOrder: direction === LogRowContextQueryDirection.Forward ? 'asc' : 'desc',
    filters: labels.server ? { server: [labels.server] } : {},
  };
}

/** The range of it. */
export function contextRange(
  { timeEpochMs }: Pick<LogRowModel, 'timeEpochMs'>,
  { direction, timeWindowMs = usualWindow }: LogRowContextOptions
): TimeRange {
  const [start, end] =
    direction === LogRowContextQueryDirection.Forward
      ? [timeEpochMs, timeEpochMs + timeWindowMs]
      : [timeEpochMs - timeWindowMs, timeEpochMs + 1];
  const [from, to] = [dateTime(start), dateTime(end)];
  return { from, to, raw: { from, to } };
}
