import { asyncScheduler, type Observable } from 'rxjs';
import { keepConnected, type AmiwsSignal, type KeepOptions } from '../amiws/keep-connected';
import type { AmiAddress } from './ami-socket';
import { amiWire } from './ami-wire';

/** What the AMI of one PBX says, for as long as it is subscribed to. Cold: see `keepConnected`. */
export function connectAmi(address: AmiAddress, options: Omit<KeepOptions, 'server'> = {}): Observable<AmiwsSignal> {
  const wire = amiWire(address, options.scheduler ?? asyncScheduler);
  return keepConnected(wire, { queueStatus: true, ...options, server: address.server });
}
