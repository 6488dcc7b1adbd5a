import { Observable } from 'rxjs';
import { sentence } from '../sentences/sentence';
import { Beats } from '../amiws/beats';
import type { SocketFailure } from '../amiws/amiws-socket';
import { ConnectionEnded } from '../amiws/open-connection';
import { AmiBlocks } from './ami-blocks';
import { AmiLogin } from './ami-login';
import { amiFailure, openAmiSocket, type AmiAddress } from './ami-socket';
import { readFields } from './decode-block';
import { encodeAction } from './encode-action';
import { readGreeting } from './greeting';

/** From the beginning to the end of the login. Milliseconds. */
const loginTime = 10_000;
const heartbeat = 15_000;
/** Heartbeats in a row without a byte. A Ping is sent in each. */
const mostSilent = 3;
/** How long a Logoff may take to be read. Milliseconds. */
const closeTime = 1_000;

type Action = Readonly<Record<string, string>>;

/** `opened` once and first; bytes are valid only until the call returns. */
export type AmiSignal =
  | { kind: 'opened'; send: (action: Action) => void }
  /** One message, the answer to the login first. */
  | { kind: 'block'; bytes: Buffer }
  /** The beginning of one that is longer than any may be. */
  | { kind: 'too-large'; start: Buffer };

/**
 * What the AMI of one PBX sends once it has let us in; ends with ConnectionEnded. One that sends nothing for 45 seconds, though each
 * Ping is to be answered, is gone, whether TCP shows it or not.
 */
export function openAmi(address: AmiAddress): Observable<AmiSignal> {
  return new Observable((subscriber) => {
    const { user, secret, tls } = address;
    const login = new AmiLogin({ user, secret, isPrivate: tls });
    let greeting: Buffer | null = Buffer.alloc(0);
    let isIn = false;

    const end = (failure: SocketFailure): void => subscriber.error(new ConnectionEnded(failure));
    const socket = openAmiSocket(address);
    if ('reason' in socket) {
      end(socket);
      return;
    }
    const send = (action: Action): void => void socket.write(encodeAction(action));

    const answered = (bytes: Buffer): void => {
      const { Event: event, ...fields } = readFields(bytes)?.fields ?? {};
      if (event !== undefined || fields.Response === undefined) {
        return;
      }
      const step = login.answered(fields);
      if (step === 'logged in') {
        isIn = true;
        clearTimeout(deadline);
        subscriber.next({ kind: 'opened', send });
      } else if ('send' in step) {
        send(step.send);
      } else {
        end(step.failure);
      }
    };
    const block = (bytes: Buffer): void => {
      if (!isIn) {
        answered(bytes);
      }
      if (isIn) {
        subscriber.next({ kind: 'block', bytes });
      }
    };
    const blocks = new AmiBlocks({
      block: (bytes) => subscriber.closed || block(bytes),
      tooLarge: (start) => subscriber.closed || !isIn || subscriber.next({ kind: 'too-large', start }),
    });

    const greeted = (packet: Buffer): Buffer | null => {
      if (greeting === null) {
        return packet;
      }
      greeting = Buffer.concat([greeting, packet]);
      const read = readGreeting(greeting);
      if (read !== null && 'wrong' in read) {
        end({ reason: 'not-ami', detail: read.wrong });
      }
      if (read === null || 'wrong' in read) {
        return null;
      }
      greeting = null;
      send(login.start);
      return read.rest;
    };

    let silent = 0;
    const beats = new Beats(heartbeat);
    const pulse = setInterval(() => {
      if (!beats.isLeftOut() && ++silent > mostSilent) {
        const seconds = (mostSilent * heartbeat) / 1000;
        end({ reason: 'timeout', detail: sentence('connection.found.no-ping', { seconds }) });
      }
    }, heartbeat);
    const deadline = setTimeout(() => {
      const missing = greeting === null ? 'no-login' : 'no-greeting';
      end({ reason: 'timeout', detail: sentence(`connection.found.${missing}`, { seconds: loginTime / 1000 }) });
    }, loginTime);
    socket.on('data', (packet) => {
      silent = 0;
      const bytes = greeted(packet);
      if (bytes !== null) {
        blocks.push(bytes);
      }
      // A PBX that sends without end leaves a turn to all else after each packet: libuv reads up to 32 in one.
      socket.pause();
      setImmediate(() => socket.resume());
    });
    socket.on('error', (error) => end(amiFailure(error)));
    socket.on('close', () => end(closed(isIn, greeting === null)));
    return () => {
      clearInterval(pulse);
      clearTimeout(deadline);
      if (isIn && socket.writable) {
        socket.end(encodeAction({ Action: 'Logoff' }));
      }
      setTimeout(() => socket.destroy(), isIn ? closeTime : 0).unref();
    };
  });
}

function closed(isIn: boolean, isGreeted: boolean): SocketFailure {
  const when = isIn ? 'open' : isGreeted ? 'login' : 'greeting';
  return { reason: 'closed', detail: sentence(`connection.found.closed-${when}`) };
}
