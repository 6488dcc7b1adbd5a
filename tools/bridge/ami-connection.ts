import { EMPTY, interval, mergeMap, of } from 'rxjs';
import { readFields } from '../../src/ami/decode-block';
import { openAmi } from '../../src/ami/open-ami';
import type { AmiFrame } from '../../src/amiws/event';
import { keepConnected } from '../../src/amiws/keep-connected';
import type { WireSignal } from '../../src/amiws/wire';
import { english } from '../../src/sentences/english';

export interface AmiServer {
  /** Name that frames carry as `server_name`. */
  name: string;
  host: string;
  port: number;
  user: string;
  secret: string;
}

/** What one AMI message says. */
export type AmiMessage = Readonly<Record<string, string>>;

export interface AmiConnection {
  /** Sends an action, `Key: value` in order. What is sent while the PBX is away is lost. */
  send: (action: AmiMessage) => void;
  close: () => void;
}

const none: AmiConnection['send'] = () => undefined;

/** Until a PBX that ended the connection is tried again. Milliseconds. */
const pause = 1_000;

/**
 * Logs in to one PBX's AMI over TCP, again and again as the data source does, and passes on every message. Unlike the data
 * source it passes on what nothing reads too, and sends whatever it is told to.
 * @throws Error when the PBX can't be reached or refuses the login at first
 */
export function connectAmi(server: AmiServer, onMessage: (message: AmiMessage) => void): Promise<AmiConnection> {
  const { name } = server;
  let send = none;
  const wire = openAmi({ ...server, server: name, tls: false }).pipe(
    mergeMap((signal) => {
      if (signal.kind === 'opened') {
        send = signal.send;
        return of<WireSignal>({ kind: 'opened', wire: { send: (Action, ActionID) => send({ Action, ActionID }) } });
      }
      const fields = signal.kind === 'block' ? readFields(signal.bytes)?.fields : undefined;
      return fields === undefined ? EMPTY : of<WireSignal>({ kind: 'frame', frame: frameOf(name, fields) });
    })
  );
  return new Promise((resolve, reject) => {
    const all = keepConnected(wire, { server: name, retryNow: interval(pause) }).subscribe((signal) => {
      if (signal.kind === 'frame') {
        onMessage('fields' in signal.frame ? signal.frame.fields : {});
      } else if (signal.state === 'connected') {
        resolve({ send: (action) => send(action), close: () => all.unsubscribe() });
      } else if (signal.state === 'disconnected' && send === none) {
        all.unsubscribe();
        reject(new Error(`${name} is not connected. ${english([signal.detail])}`));
      }
    });
  });
}

function frameOf(server: string, fields: AmiMessage): AmiFrame {
  const at = Date.now();
  return fields.Event === undefined
    ? { kind: 'response', server, fields, at }
    : { kind: 'event', server, name: fields.Event, fields, at, recovered: false, direct: true };
}

/** Value of a key; empty where the message lacks it. */
export function valueOf(message: AmiMessage, key: string): string {
  return message[key] ?? '';
}
