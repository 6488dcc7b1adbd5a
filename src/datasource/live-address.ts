import { LiveChannelScope, type DataQueryRequest, type LiveChannelAddress } from '@grafana/data';
import type { CdrQuery } from '../query/model';
import { stableHash } from './stable-hash';

/** What travels to the server part when a panel subscribes. Times in epoch milliseconds. */
export interface LiveSubscription {
  query: CdrQuery;
  from: number;
  to: number;
  intervalMs: number;
  maxDataPoints: number;
}

/**
 * The channel that continues one query. A channel's path has a narrow alphabet and at most 160 characters, and panels
 * with the same path share one stream: so the path is a hash of the data, and the data carries the query.
 */
export function liveAddress(
  uid: string,
  query: CdrQuery,
  request: Pick<DataQueryRequest, 'range' | 'intervalMs' | 'maxDataPoints'>
): LiveChannelAddress {
  const data: LiveSubscription = {
    query,
    from: request.range.from.valueOf(),
    to: request.range.to.valueOf(),
    intervalMs: request.intervalMs,
    maxDataPoints: request.maxDataPoints ?? 0,
  };
  return { scope: LiveChannelScope.DataSource, stream: uid, path: `live/${stableHash(data)}`, data };
}
