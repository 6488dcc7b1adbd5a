import { LiveChannelScope, type DataQueryRequest, type LiveChannelAddress } from '@grafana/data';
import type { CdrQuery } from '../query/model';
import { stableHash } from './stable-hash';

/** What travels to the server part when a panel subscribes. Spans in milliseconds. */
export interface LiveSubscription {
  query: CdrQuery;
  /** Length of the range, which ends now: two who look at the last hour share a stream. */
  rangeMs: number;
  intervalMs: number;
}

/**
 * The channel that continues one query. A channel's path has a narrow alphabet and at most 160 characters, and panels
 * with the same path share one stream: so the path is a hash of the data, and the data carries the query.
 */
export function liveAddress(
  uid: string,
  query: CdrQuery,
  request: Pick<DataQueryRequest, 'range' | 'intervalMs'>
): LiveChannelAddress {
  const data: LiveSubscription = {
    query,
    rangeMs: request.range.to.valueOf() - request.range.from.valueOf(),
    intervalMs: request.intervalMs,
  };
  return { scope: LiveChannelScope.DataSource, stream: uid, path: `live/${stableHash(data)}`, data };
}
