import {
  defer,
  EMPTY,
  ignoreElements,
  interval,
  merge,
  mergeMap,
  of,
  tap,
  timer,
  type Observable,
  type SchedulerLike,
} from 'rxjs';
import { sendAction } from './ami-action';
import type { AmiwsSocket } from './amiws-socket';
import { decodeFrame } from './decode-frame';
import type { AmiFrame } from './event';
import { ConnectionEnded, type SocketSignal } from './open-connection';
import { PingClock } from './ping-clock';
import type { ServerLiveness, ServerSignal } from './server-liveness';

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
const silenceCheckInterval = 5_000;
/** So many frames that are not of amiws, and none before that is, show that something else answers there. */
const mostStrangeFrames = 3;

/** What one connection tells, with its Pings and the liveness of the servers. Ends with ConnectionEnded. */
export function amiwsSession(connection: Observable<SocketSignal>, options: SessionOptions): Observable<SessionSignal> {
  const { liveness, actionPrefix, scheduler } = options;
  return defer(() => {
    const pings = new PingClock(actionPrefix);
    let isAmiws = false;
    let strangeFrames = 0;

    const opened = (socket: AmiwsSocket): Observable<SessionSignal> =>
      merge(
        of<SessionSignal>({ kind: 'state', state: 'connected', since: scheduler.now() }),
        timer(0, pingInterval, scheduler).pipe(
          tap(() => sendAction(socket, 'Ping', pings.next(scheduler.now()))),
          ignoreElements()
        ),
        interval(silenceCheckInterval, scheduler).pipe(mergeMap(() => liveness.silent(scheduler.now()))),
        defer(() => {
          if (options.queueStatus) {
            sendAction(socket, 'QueueStatus', `${actionPrefix}-queues`);
          }
          return EMPTY;
        })
      );

    const strange = (excerpt: string): void => {
      strangeFrames++;
      if (!isAmiws && strangeFrames >= mostStrangeFrames) {
        throw new ConnectionEnded({ reason: 'not-amiws', detail: `what arrives is not of amiws: ${excerpt}` });
      }
    };

    const received = (data: string | Uint8Array): SessionSignal[] => {
      const arrivedAt = scheduler.now();
      const frame = decodeFrame(data, arrivedAt);
      if (frame.kind === 'bad') {
        strange(frame.excerpt);
        return [{ kind: 'frame', frame }];
      }
      isAmiws = true;
      const answer = frame.kind === 'response' ? pings.answer(frame) : null;
      // The server's state goes first: whoever reads the frame knows its server by then.
      return [
        liveness.heard(frame.server, arrivedAt),
        answer && liveness.answered(frame.server, answer, arrivedAt),
        { kind: 'frame' as const, frame },
      ].filter((signal) => signal !== null);
    };

    return connection.pipe(
      mergeMap((signal) => (signal.kind === 'opened' ? opened(signal.socket) : received(signal.data)))
    );
  });
}
