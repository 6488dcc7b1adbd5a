import { asyncScheduler, defer, filter, of, retry, tap, throwError, type Observable, type SchedulerLike } from 'rxjs';
import type { OpenSocket, TlsOptions } from './amiws-socket';
import { amiwsWire } from './amiws-wire';
import { basicAuthHeader, type BasicAuth } from './basic-auth-header';
import { keepConnected, type AmiwsSignal } from './keep-connected';
import { ConnectionEnded, openConnection } from './open-connection';
import type { WireSignal } from './wire';

export interface AmiwsOptions {
  /** `nodeSocket` or `browserSocket`. */
  openSocket: OpenSocket;
  tls?: TlsOptions;
  /** Extra headers of the handshake, for a reverse proxy. */
  headers?: Readonly<Record<string, string>>;
  basicAuth?: BasicAuth;
  /** Ask every PBX for its queues at each connection; the answers come as frames. */
  queueStatus?: boolean;
  /** PBXes that are heard another way: nothing that amiws sends of them passes. */
  leftOut?: readonly string[];
  /** Each ends the wait for the next try, if one is waited for. */
  retryNow?: Observable<unknown>;
  /** Clock and timers; the real ones unless given. */
  scheduler?: SchedulerLike;
  /** 0 to 1; Math.random unless given. */
  random?: () => number;
}

/** What amiws and each PBX behind it say, for as long as it is subscribed to. Cold: see `keepConnected`. */
export function connectAmiws(url: string, options: AmiwsOptions): Observable<AmiwsSignal> {
  const { openSocket, tls = {}, leftOut = [], scheduler = asyncScheduler } = options;
  const headers = { ...options.headers, ...basicAuthHeader(options.basicAuth) };
  const wire = amiwsWire(openConnection(url, { headers, tls }, openSocket), scheduler);
  return keepConnected(triedTwice(wire).pipe(filter((signal) => !isOf(leftOut, signal))), options);
}

function isOf(servers: readonly string[], signal: WireSignal): boolean {
  return signal.kind === 'frame' && signal.frame.kind !== 'bad' && servers.includes(signal.frame.server);
}

/** amiws writes the actions of other clients into connections that are still shaking hands: such a one is tried once more at once. */
function triedTwice(wire: Observable<WireSignal>): Observable<WireSignal> {
  return defer(() => {
    let wasOpen = false;
    const isOfHandshake = (error: unknown): boolean =>
      !wasOpen &&
      error instanceof ConnectionEnded &&
      (error.failure.reason === 'not-amiws' || error.failure.reason === 'closed');
    return wire.pipe(
      tap(({ kind }) => (wasOpen ||= kind === 'opened')),
      retry({ count: 1, delay: (error: unknown) => (isOfHandshake(error) ? of(true) : throwError(() => error)) })
    );
  });
}
