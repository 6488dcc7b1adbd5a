import {
  asyncScheduler,
  catchError,
  concat,
  defer,
  EMPTY,
  ignoreElements,
  NEVER,
  of,
  race,
  repeat,
  take,
  tap,
  throwError,
  timer,
  type Observable,
  type SchedulerLike,
} from 'rxjs';
import { amiwsSession, type ConnectedSignal, type FrameSignal } from './amiws-session';
import type { FailureReason, OpenSocket, TlsOptions } from './amiws-socket';
import { basicAuthHeader, type BasicAuth } from './basic-auth-header';
import { ConnectionEnded, openConnection } from './open-connection';
import { retryDelay } from './retry-delay';
import { ServerLiveness, type ServerSignal } from './server-liveness';

export interface AmiwsOptions {
  /** `nodeSocket` or `browserSocket`. */
  openSocket: OpenSocket;
  tls?: TlsOptions;
  /** Extra headers of the handshake, for a reverse proxy. */
  headers?: Readonly<Record<string, string>>;
  basicAuth?: BasicAuth;
  /** Ask every PBX for its queues at each connection; the answers come as frames. */
  queueStatus?: boolean;
  /** Each ends the wait for the next try, if one is waited for. */
  retryNow?: Observable<unknown>;
  /** Clock and timers; the real ones unless given. */
  scheduler?: SchedulerLike;
  /** 0 to 1; Math.random unless given. */
  random?: () => number;
}

/** State of the connection to amiws. Times in epoch milliseconds. */
export type StateSignal =
  | { kind: 'state'; state: 'connecting' }
  | ConnectedSignal
  | {
      kind: 'state';
      state: 'disconnected';
      since: number;
      reason: FailureReason;
      /** What was found, in words. */
      detail: string;
      /** Milliseconds until the next try. */
      retryInMs: number;
    };

export type AmiwsSignal = FrameSignal | StateSignal | ServerSignal;

/**
 * Frames of amiws with the state of the connection and of each PBX behind it, for as long as it is subscribed to: it
 * neither completes nor fails, but connects again. Cold: each subscriber has a connection of its own.
 *
 * Nothing is buffered: what amiws sent while nobody was connected is gone.
 */
export function connectAmiws(url: string, options: AmiwsOptions): Observable<AmiwsSignal> {
  const { openSocket, tls = {}, queueStatus = false, retryNow = NEVER } = options;
  const { scheduler = asyncScheduler, random = Math.random } = options;
  const headers = { ...options.headers, ...basicAuthHeader(options.basicAuth) };
  return defer(() => {
    const liveness = new ServerLiveness();
    const actionPrefix = `cdr-${Math.floor(random() * 36 ** 8).toString(36)}`;
    let failures = 0;
    let wasOpen = false;
    let isSecondTry = false;

    const session = defer(() => {
      wasOpen = false;
      const connection = openConnection(url, { headers, tls }, openSocket);
      return amiwsSession(connection, { liveness, actionPrefix, queueStatus, scheduler });
    }).pipe(
      tap((signal) => {
        wasOpen ||= signal.kind === 'state';
        // Only a PBX that is heard shows that all is well; a proxy may open connections and close them again.
        failures = signal.kind === 'server' && signal.state === 'up' ? 0 : failures;
      })
    );

    const ended = (error: unknown): Observable<AmiwsSignal> => {
      if (!(error instanceof ConnectionEnded)) {
        return throwError(() => error);
      }
      const { reason, detail } = error.failure;
      // amiws writes the actions of other clients into connections that are still shaking hands: try once more at once.
      isSecondTry = !wasOpen && !isSecondTry && (reason === 'not-amiws' || reason === 'closed');
      if (isSecondTry) {
        return EMPTY;
      }
      failures++;
      const retryInMs = retryDelay(failures, random());
      const since = scheduler.now();
      return concat(
        of<AmiwsSignal>({ kind: 'state', state: 'disconnected', since, reason, detail, retryInMs }),
        of(...liveness.lost()),
        race(timer(retryInMs, scheduler), retryNow).pipe(take(1), ignoreElements())
      );
    };

    return concat(of<AmiwsSignal>({ kind: 'state', state: 'connecting' }), session).pipe(catchError(ended), repeat());
  });
}
