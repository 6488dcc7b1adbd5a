import { defer, map, type Observable, type SchedulerLike } from 'rxjs';
import { sentence } from '../sentences/sentence';
import type { AmiwsSocket } from './amiws-socket';
import { decodeFrame } from './decode-frame';
import type { AmiFrame } from './event';
import { ConnectionEnded, type SocketSignal } from './open-connection';
import type { Wire, WireSignal } from './wire';

/** So many frames that are not of amiws, and none before that is, show that something else answers there. */
const mostStrangeFrames = 3;

/** The wire that a connection to amiws is. amiws passes actions on to each PBX behind it. */
export function amiwsWire(connection: Observable<SocketSignal>, scheduler: SchedulerLike): Observable<WireSignal> {
  return defer(() => {
    let isAmiws = false;
    let strangeFrames = 0;

    const check = ({ kind }: AmiFrame): void => {
      isAmiws ||= kind !== 'bad';
      strangeFrames += kind === 'bad' ? 1 : 0;
      if (!isAmiws && strangeFrames >= mostStrangeFrames) {
        throw new ConnectionEnded({ reason: 'not-amiws', detail: sentence('connection.found.strange') });
      }
    };

    return connection.pipe(
      map((signal): WireSignal => {
        if (signal.kind === 'opened') {
          return { kind: 'opened', wire: wireOver(signal.socket) };
        }
        const frame = decodeFrame(signal.data, scheduler.now());
        check(frame);
        return { kind: 'frame', frame };
      })
    );
  });
}

function wireOver(socket: AmiwsSocket): Wire {
  return { send: (action, actionId) => socket.send(JSON.stringify({ Action: action, ActionID: actionId })) };
}
