import {
  CoreApp,
  dateTime,
  type DataFrame,
  type DataQueryRequest,
  type DataQueryResponse,
  type QueryResultMetaNotice,
  type TimeRange,
} from '@grafana/data';
import { t } from '@grafana/i18n';
import { migrateQuery } from '../query/migrate-query';
import { endsNow } from './live-range';
import type { PanelQuery } from './panel-query';

/** What a tail begins with where the range of Explore does not end now. Milliseconds. */
const tailMs = 300_000;

/**
 * Whether an answer may go on after it is given: the Mixed data source waits for its end, and so would show nothing, and an alert rule asks
 * for one answer. The Mixed data source is known by the ids that it gives (Grafana, MixedDataSource.ts, `mixedRequestId`).
 */
export function readsOn({ app, requestId }: Pick<DataQueryRequest, 'app' | 'requestId'>): boolean {
  return !isMixed(requestId) && !isAlerting(app);
}

/** True in the editor of alert rules. */
export function isAlerting(app: string | undefined): boolean {
  return app === CoreApp.UnifiedAlerting || app === CoreApp.CloudAlerting;
}

export function isMixed(requestId: string | undefined): boolean {
  return requestId?.startsWith('mixed-') ?? false;
}

/** A request as the button *Live* of Explore means it: every query goes on, rows as lines of a log, which Explore tails. */
export function tailRequest(request: DataQueryRequest<PanelQuery>): DataQueryRequest<PanelQuery> {
  if (!request.liveStreaming) {
    return request;
  }
  return {
    ...request,
    range: endsNow(request.range, Date.now()) ? request.range : lastMinutes(Date.now()),
    targets: request.targets.map((target) => ({ ...target, live: true, ...(isOfRows(target) && { format: 'logs' }) })),
  };
}

function lastMinutes(now: number): TimeRange {
  return { from: dateTime(now - tailMs), to: dateTime(now), raw: { from: `now-${tailMs / 60_000}m`, to: 'now' } };
}

function isOfRows(query: PanelQuery): boolean {
  const { queryType } = migrateQuery(query);
  return queryType === 'calls' || queryType === 'records';
}

/** An answer of the Mixed data source that says which queries do not go on as they are meant to. */
export function withMixedNotice(response: DataQueryResponse, targets: readonly PanelQuery[]): DataQueryResponse {
  const live = new Set(targets.flatMap((target) => (target.live ? [target.refId] : [])));
  const notice: QueryResultMetaNotice = {
    severity: 'info',
    text: t(
      'query.live-in-mixed',
      'A panel with the data source -- Mixed -- does not update live. Set an auto-refresh interval, or select this data source for the panel.'
    ),
  };
  const noticed = (frame: DataFrame): DataFrame =>
    live.has(frame.refId ?? '')
      ? { ...frame, meta: { ...frame.meta, notices: [...(frame.meta?.notices ?? []), notice] } }
      : frame;
  return { ...response, data: response.data.map(noticed) };
}
