import {
  asyncScheduler,
  catchError,
  concat,
  defer,
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
import type { FailureReason } from './amiws-socket';
import { ConnectionEnded } from './open-connection';
import { retryDelay } from './retry-delay';
import type { Sentence } from '../sentences/sentence';
import { ServerLiveness, type ServerSignal } from './server-liveness';
import type { WireSignal } from './wire';

export interface KeepOptions {
  /** The PBX whose AMI it is; absent for amiws. */
  server?: string;
  /** Ask for the queues at each connection; the answers come as frames. */
  queueStatus?: boolean;
  /** Each ends the wait for the next try, if one is waited for. */
  retryNow?: Observable<unknown>;
  /** Clock and timers; the real ones unless given. */
  scheduler?: SchedulerLike;
  /** 0 to 1; Math.random unless given. */
  random?: () => number;
}

/** State of the connection to amiws, or to the AMI of `server`. Times in epoch milliseconds. */
export type ConnectionState =
  | { kind: 'state'; server?: string; state: 'connecting' }
  | ConnectedSignal
  | {
      kind: 'state';
      server?: string;
      state: 'disconnected';
      since: number;
      reason: FailureReason;
      /** What was found. */
      detail: Sentence;
      /** Milliseconds until the next try. */
      retryInMs: number;
    };

/** `ended`: it was given up for others. */
export type StateSignal = ConnectionState | { kind: 'state'; server?: string; state: 'ended' };

export type AmiwsSignal = FrameSignal | StateSignal | ServerSignal;

/**
 * Frames of a wire with the state of the connection and of each PBX on it, for as long as it is subscribed to: it neither
 * completes nor fails, but connects again. Cold: each subscriber has a connection of its own.
 *
 * Nothing is buffered: what was sent while nobody was connected is gone.
 */
export function keepConnected(wire: Observable<WireSignal>, options: KeepOptions): Observable<AmiwsSignal> {
  const { server, queueStatus = false, retryNow = NEVER, scheduler = asyncScheduler, random = Math.random } = options;
  const whose = server === undefined ? {} : { server };
  return defer(() => {
    const liveness = new ServerLiveness();
    const actionPrefix = `cdr-${Math.floor(random() * 36 ** 8).toString(36)}`;
    let failures = 0;

    const session = amiwsSession(wire, { liveness, actionPrefix, queueStatus, ...whose, scheduler }).pipe(
      // Only a PBX that is heard shows that all is well; a proxy may open connections and close them again.
      tap((signal) => (failures = signal.kind === 'server' && signal.state === 'up' ? 0 : failures))
    );

    const ended = (error: unknown): Observable<AmiwsSignal> => {
      if (!(error instanceof ConnectionEnded)) {
        return throwError(() => error);
      }
      const { reason, detail } = error.failure;
      failures = failuresWith(reason, failures);
      const retryInMs = retryDelay(failures, random());
      const since = scheduler.now();
      return concat(
        of<AmiwsSignal>({ kind: 'state', ...whose, state: 'disconnected', since, reason, detail, retryInMs }),
        of(...liveness.lost()),
        race(timer(retryInMs, scheduler), retryNow).pipe(take(1), ignoreElements())
      );
    };

    return concat(of<AmiwsSignal>({ kind: 'state', ...whose, state: 'connecting' }), session).pipe(
      catchError(ended),
      repeat()
    );
  });
}

/** A secret that is wrong stays so: what counts logins, such as fail2ban, must not lock this machine out for it. */
function failuresWith(reason: FailureReason, failures: number): number {
  return reason === 'login' ? Math.max(failures + 1, 6) : failures + 1;
}
