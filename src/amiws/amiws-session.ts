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
import { sendAction } from './ami-action';
import type { AmiwsSocket } from './amiws-socket';
import { decodeFrame } from './decode-frame';
import type { AmiFrame } from './event';
import { ConnectionEnded, type SocketSignal } from './open-connection';
import { PingClock } from './ping-clock';
import { checkInterval, type ServerLiveness, type ServerSignal } from './server-liveness';

export interface FrameSignal {
  kind: 'frame';
  frame: AmiFrame;
}

/** Time as in `StateSignal`. */
export interface ConnectedSignal {
  kind: 'state';
  state: 'connected';
  since: number;
}

export type SessionSignal = FrameSignal | ConnectedSignal | ServerSignal;

export interface SessionOptions {
  liveness: ServerLiveness;
  /** Begins every ActionID of this client, to tell its answers from those that other clients asked for. */
  actionPrefix: string;
  queueStatus: boolean;
  scheduler: SchedulerLike;
}

const pingInterval = 15_000;
/** What the PBXes have counted is compared this often with what came. Milliseconds. */
const auditInterval = 3_600_000;
/** PBXes that start together are asked for their queues once. Milliseconds. */
const queueStatusInterval = 2_000;
/** So many frames that are not of amiws, and none before that is, show that something else answers there. */
const mostStrangeFrames = 3;

/** What one connection tells, with its Pings and the liveness of the servers. Ends with ConnectionEnded. */
export function amiwsSession(connection: Observable<SocketSignal>, options: SessionOptions): Observable<SessionSignal> {
  const { liveness, actionPrefix, scheduler } = options;
  return defer(() => {
    const pings = new PingClock(actionPrefix);
    let isAmiws = false;
    let strangeFrames = 0;
    const staleQueues = new Subject<void>();
    let openedAt = 0;

    const opened = (socket: AmiwsSocket): Observable<SessionSignal> => {
      openedAt = scheduler.now();
      const checks = new Beats(checkInterval);
      const pulses = new Beats(pingInterval);
      return merge(
        of<SessionSignal>({ kind: 'state', state: 'connected', since: openedAt }),
        timer(0, pingInterval, scheduler).pipe(
          filter(() => !pulses.isLeftOut()),
          tap(() => sendAction(socket, 'Ping', pings.next(scheduler.now()))),
          ignoreElements()
        ),
        interval(checkInterval, scheduler).pipe(mergeMap(() => (checks.isLeftOut() ? [] : liveness.check()))),
        options.queueStatus ? askForQueues(socket) : EMPTY
      );
    };

    /**
     * At once, every hour, and again where a PBX has started or is heard again: its queues are not what they were.
     */
    const askForQueues = (socket: AmiwsSocket): Observable<never> =>
      merge(staleQueues, interval(auditInterval, scheduler)).pipe(
        startWith(undefined),
        throttleTime(queueStatusInterval, scheduler, { leading: true, trailing: true }),
        tap(() => sendAction(socket, 'QueueStatus', `${actionPrefix}-queues`)),
        ignoreElements()
      );

    const strange = (): void => {
      strangeFrames++;
      if (!isAmiws && strangeFrames >= mostStrangeFrames) {
        throw new ConnectionEnded({ reason: 'not-amiws', detail: 'what arrives is not of amiws' });
      }
    };

    const received = (data: string | Uint8Array): SessionSignal[] => {
      const arrivedAt = scheduler.now();
      const frame = decodeFrame(data, arrivedAt);
      if (frame.kind === 'bad') {
        strange();
        return [{ kind: 'frame', frame }];
      }
      isAmiws = true;
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

    return connection.pipe(
      mergeMap((signal) => (signal.kind === 'opened' ? opened(signal.socket) : received(signal.data)))
    );
  });
}
