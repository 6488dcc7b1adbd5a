import { LiveChannelScope, type LiveChannelAddress } from '@grafana/data';
import type { CdrQuery } from '../query/model';
import { livePath } from '../query/live-path';
import type { LiveStart } from '../query/live-start';
import { seesNumbers, type MaskNumbersFor } from '../settings/number-access';

/** What travels to the server part when a panel subscribes. Spans in milliseconds. */
export interface LiveSubscription {
  query: CdrQuery;
  start: LiveStart;
  intervalMs: number;
}

/** Who subscribes, for the channel that the server part lets in. */
export interface Subscriber {
  maskNumbersFor?: MaskNumbersFor;
  /** Grafana's role in the organization. */
  role: string;
}

/** The channel that continues one query, with the data that carries the query. */
export function liveAddress(
  uid: string,
  query: CdrQuery,
  start: LiveStart,
  intervalMs: number,
  { maskNumbersFor = 'none', role }: Subscriber
): LiveChannelAddress {
  const data: LiveSubscription = { query, start, intervalMs };
  const path = livePath(maskNumbersFor, seesNumbers(maskNumbersFor, role), data);
  return { scope: LiveChannelScope.DataSource, stream: uid, path, data };
}
