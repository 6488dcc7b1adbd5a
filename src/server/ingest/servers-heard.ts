import type { ServerStatus } from '../../amiws/amiws-state';
import type { ServerNow } from '../../cdr/server-now';
import type { HeardByOthers } from './heard-elsewhere';

type Elsewhere = ReadonlyMap<string, HeardByOthers>;

/** A PBX; `elsewhere` is one that only other Grafanas hear that share the store. */
export interface KnownServer extends Omit<ServerStatus, 'state'> {
  state: ServerStatus['state'] | 'elsewhere';
}

/** PBXes that are heard, here or elsewhere, and those that were. */
export function knownServers(own: readonly ServerStatus[], elsewhere: Elsewhere): KnownServer[] {
  return [
    ...own.map((row): KnownServer =>
      row.state === 'down' && elsewhere.get(row.server)?.isNow ? { ...row, state: 'elsewhere' } : row
    ),
    ...notOf(own, elsewhere).map(([server, { until, isNow }]): KnownServer => ({
      server,
      state: isNow ? 'elsewhere' : 'down',
      since: until,
      lastEventAt: null,
      clockOffsetMs: null,
    })),
  ];
}

/** PBXes as they are now: heard by this process, or by another one that shares the store. */
export function serversHeard(own: readonly ServerNow[], elsewhere: Elsewhere, now: number): ServerNow[] {
  const others = notOf(own, elsewhere).map(([server]) => unheardServer(server));
  return [...own, ...others].map((row): ServerNow => {
    const by = row.state === 'up' ? undefined : elsewhere.get(row.server);
    const silentSeconds = by && Math.max(0, Math.round((now - by.until) / 1000));
    return by && (by.isNow || silentSeconds! < row.silentSeconds)
      ? { ...row, state: by.isNow ? 'up' : 'down', silentSeconds: silentSeconds! }
      : row;
  });
}

function notOf(own: ReadonlyArray<{ server: string }>, elsewhere: Elsewhere): Array<[string, HeardByOthers]> {
  const known = new Set(own.map(({ server }) => server));
  return [...elsewhere].filter(([server]) => !known.has(server));
}

/** A PBX that this process never heard. */
export function unheardServer(server: string): ServerNow {
  return { server, state: 'down', silentSeconds: Infinity, heardSince: null, clockOffset: null, sendsDialEnds: null };
}
