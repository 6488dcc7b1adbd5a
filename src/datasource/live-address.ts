import { LiveChannelScope, type LiveChannelAddress } from '@grafana/data';
import type { CdrQuery } from '../query/model';
import { livePath, type LiveKind } from '../query/live-path';
import type { LiveStart } from '../query/live-start';

/** What travels to the server part when a panel subscribes. Spans in milliseconds. */
export interface LiveSubscription {
  query: CdrQuery;
  start: LiveStart;
  intervalMs: number;
}

/** The channel that continues one query, with the data that carries the query. */
export function liveAddress(uid: string, kind: LiveKind, data: LiveSubscription): LiveChannelAddress {
  return { scope: LiveChannelScope.DataSource, stream: uid, path: livePath(kind, data), data };
}
