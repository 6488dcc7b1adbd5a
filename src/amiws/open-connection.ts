import { Observable } from 'rxjs';
import { english } from '../sentences/english';
import type { AmiwsSocket, OpenSocket, SocketFailure, SocketOptions } from './amiws-socket';

export type SocketSignal = { kind: 'opened'; socket: AmiwsSocket } | { kind: 'message'; data: string | Uint8Array };

/** The end of a connection, as an error of the Observable. */
export class ConnectionEnded extends Error {
  constructor(readonly failure: SocketFailure) {
    super(english([failure.detail]));
    this.name = 'ConnectionEnded';
  }
}

/** One connection: opened, then messages, then ConnectionEnded. Unsubscribing closes the socket. */
export function openConnection(url: string, options: SocketOptions, openSocket: OpenSocket): Observable<SocketSignal> {
  return new Observable((subscriber) => {
    const socket: AmiwsSocket = openSocket(url, options, {
      opened: () => subscriber.next({ kind: 'opened', socket }),
      message: (data) => subscriber.next({ kind: 'message', data }),
      closed: (failure) => subscriber.error(new ConnectionEnded(failure)),
    });
    return () => socket.close();
  });
}
