import { map, type Observable, type SchedulerLike } from 'rxjs';
import type { WireSignal } from '../amiws/wire';
import type { AmiAddress } from './ami-socket';
import { badBlock, decodeBlock } from './decode-block';
import { openAmi, type AmiSignal } from './open-ami';

/** The wire that the AMI of one PBX is: what something reads of it, and the two actions that are ever sent. */
export function amiWire(address: AmiAddress, scheduler: SchedulerLike): Observable<WireSignal> {
  const wireSignal = (signal: AmiSignal): WireSignal => {
    switch (signal.kind) {
      case 'opened':
        return { kind: 'opened', wire: { send: (Action, ActionID) => signal.send({ Action, ActionID }) } };
      case 'block':
        return { kind: 'frame', frame: decodeBlock(signal.bytes, address.server, scheduler.now()) };
      case 'too-large':
        return { kind: 'frame', frame: badBlock('too-large', signal.start, scheduler.now()) };
    }
  };
  return openAmi(address).pipe(map(wireSignal));
}
