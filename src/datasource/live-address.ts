import { LiveChannelScope, type LiveChannelAddress } from '@grafana/data';
import type { CdrQuery } from '../query/model';
import type { LiveStart } from '../query/live-start';
import { stableHash } from './stable-hash';

/** What travels to the server part when a panel subscribes. Spans in milliseconds. */
export interface LiveSubscription {
  query: CdrQuery;
  start: LiveStart;
  intervalMs: number;
}

/**
 * The channel that continues one query. A channel's path has a narrow alphabet and at most 160 characters, and panels
 * with the same path share one stream: so the path is a hash of the data, and the data carries the query.
 */
export function liveAddress(uid: string, query: CdrQuery, start: LiveStart, intervalMs: number): LiveChannelAddress {
  const data: LiveSubscription = { query, start, intervalMs };
  return { scope: LiveChannelScope.DataSource, stream: uid, path: `live/${stableHash(data)}`, data };
}
