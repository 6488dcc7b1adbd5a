import {
  defer,
  EMPTY,
  filter,
  ignoreElements,
  interval,
  merge,
  mergeMap,
  of,
  startWith,
  Subject,
  tap,
  throttleTime,
  timer,
  type Observable,
  type SchedulerLike,
} from 'rxjs';
import { Beats } from './beats';
import type { AmiFrame } from './event';
import { PingClock } from './ping-clock';
import { checkInterval, type ServerLiveness, type ServerSignal } from './server-liveness';
import type { Wire, WireSignal } from './wire';

export interface FrameSignal {
  kind: 'frame';
  frame: AmiFrame;
}

/** Time as in `StateSignal`. */
export interface ConnectedSignal {
  kind: 'state';
  /** The PBX whose AMI it is; absent for amiws. */
  server?: string;
  state: 'connected';
  since: number;
}

export type SessionSignal = FrameSignal | ConnectedSignal | ServerSignal;

export interface SessionOptions {
  liveness: ServerLiveness;
  /** Begins every ActionID of this client, to tell its answers from those that other clients asked for. */
  actionPrefix: string;
  queueStatus: boolean;
  /** The PBX whose AMI it is; absent for amiws. */
  server?: string;
  scheduler: SchedulerLike;
}

const pingInterval = 15_000;
/** What the PBXes have counted is compared this often with what came. Milliseconds. */
const auditInterval = 3_600_000;
/** PBXes that start together are asked for their queues once. Milliseconds. */
const queueStatusInterval = 2_000;
/** What one connection tells, with its Pings and the liveness of the servers. Ends with ConnectionEnded. */
export function amiwsSession(signals: Observable<WireSignal>, options: SessionOptions): Observable<SessionSignal> {
  const { liveness, actionPrefix, server, scheduler } = options;
  const whose = server === undefined ? {} : { server };
  return defer(() => {
    const pings = new PingClock(actionPrefix);
    const staleQueues = new Subject<void>();
    let openedAt = 0;

    const opened = (wire: Wire): Observable<SessionSignal> => {
      openedAt = scheduler.now();
      const checks = new Beats(checkInterval);
      const pulses = new Beats(pingInterval);
      return merge(
        of<SessionSignal>({ kind: 'state', ...whose, state: 'connected', since: openedAt }),
        timer(0, pingInterval, scheduler).pipe(
          filter(() => !pulses.isLeftOut()),
          tap(() => wire.send('Ping', pings.next(scheduler.now()))),
          ignoreElements()
        ),
        interval(checkInterval, scheduler).pipe(mergeMap(() => (checks.isLeftOut() ? [] : liveness.check()))),
        options.queueStatus ? askForQueues(wire) : EMPTY
      );
    };

    /**
     * At once, every hour, and again where a PBX has started or is heard again: its queues are not what they were.
     */
    const askForQueues = (wire: Wire): Observable<never> =>
      merge(staleQueues, interval(auditInterval, scheduler)).pipe(
        startWith(undefined),
        throttleTime(queueStatusInterval, scheduler, { leading: true, trailing: true }),
        tap(() => wire.send('QueueStatus', `${actionPrefix}-queues`)),
        ignoreElements()
      );

    const received = (frame: AmiFrame): SessionSignal[] => {
      const arrivedAt = scheduler.now();
      if (frame.kind === 'bad') {
        return [{ kind: 'frame', frame }];
      }
      if (!liveness.admits(frame.server)) {
        const excerpt = frame.server.slice(0, 200);
        return [{ kind: 'frame', frame: { kind: 'bad', reason: 'too-many-servers', excerpt, at: arrivedAt } }];
      }
      const up = liveness.heard(frame.server, arrivedAt);
      const isLate = up !== null && arrivedAt - openedAt > queueStatusInterval;
      if (isLate || (frame.kind === 'event' && frame.name === 'FullyBooted')) {
        staleQueues.next();
      }
      const answer = frame.kind === 'response' ? pings.answer(frame) : null;
      // The server's state goes first: whoever reads the frame knows its server by then.
      return [
        up,
        answer && liveness.answered(frame.server, answer, arrivedAt),
        { kind: 'frame' as const, frame },
      ].filter((signal) => signal !== null);
    };

    return signals.pipe(
      mergeMap((signal) => (signal.kind === 'opened' ? opened(signal.wire) : received(signal.frame)))
    );
  });
}
