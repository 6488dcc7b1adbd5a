import { channelFields, type Channel } from './channel';
import type { HangupCause, Pbx } from './pbx';

export type DialStatus = 'ANSWER' | 'NOANSWER' | 'CANCEL' | 'BUSY' | 'CHANUNAVAIL' | 'CONGESTION';

/** Where a call leads: an agent's phone or a number behind a trunk. */
export interface Destination {
  device: string;
  number: string;
  name: string;
  context: string;
  dialString: string;
}

/** Creates the called channel and begins to ring it. `called` tells app_queue's AgentCalled when it is due. */
export function beginDial(
  pbx: Pbx,
  caller: Channel,
  to: Destination,
  onCreated: (called: Channel) => void = () => undefined
): Channel {
  const called = createCalled(pbx, caller, to);
  ringChannel(pbx, caller, called, to.dialString, onCreated);
  return called;
}

/** The channel to a phone that is busy, which does not ring. */
export function reachBusy(pbx: Pbx, caller: Channel, to: Destination): Channel {
  const called = createCalled(pbx, caller, to);
  dial(pbx, caller, called, to.dialString);
  return called;
}

function createCalled(pbx: Pbx, caller: Channel, to: Destination): Channel {
  return pbx.newChannel(to.device, {
    number: to.number,
    callerName: to.name,
    context: to.context,
    exten: 's',
    state: 'Down',
    linkedId: caller.linkedId,
  });
}

/** Rings a channel that exists already: one half of a Local channel, or the one that `beginDial` made. */
export function ringChannel(
  pbx: Pbx,
  caller: Channel,
  called: Channel,
  dialString: string,
  onCreated: (called: Channel) => void = () => undefined
): void {
  dial(pbx, caller, called, dialString, onCreated);
  pbx.setState(called, 'Ringing');
  pbx.emit('NewConnectedLine', 'call', channelFields(called));
  pbx.setDevice(called.device, 'RINGING');
  pbx.emit('DialState', 'call', { ...pair(caller, called), DialStatus: 'RINGING' });
}

function dial(
  pbx: Pbx,
  caller: Channel,
  called: Channel,
  dialString: string,
  onCreated: (called: Channel) => void = () => undefined
): void {
  called.exten = caller.exten;
  called.connectedNumber = caller.number;
  called.connectedName = caller.callerName;
  onCreated(called);
  pbx.emit('DialBegin', 'call', { ...pair(caller, called), DialString: dialString });
}

export function answerDial(pbx: Pbx, caller: Channel, called: Channel): void {
  pbx.setState(called, 'Up');
  caller.connectedNumber = called.number;
  caller.connectedName = called.callerName;
  endDial(pbx, caller, called, 'ANSWER');
  pbx.setDevice(called.device, 'INUSE');
}

export function endDial(pbx: Pbx, caller: Channel, called: Channel, status: DialStatus): void {
  pbx.emit('DialEnd', 'call', { ...pair(caller, called), DialStatus: status });
}

/** The called channel ends without having been answered. */
export function refuseDial(pbx: Pbx, caller: Channel, called: Channel, status: DialStatus, cause: HangupCause): void {
  endDial(pbx, caller, called, status);
  pbx.hangup(called, cause);
  if (pbx.deviceState(called.device) === 'RINGING') {
    pbx.setDevice(called.device, 'NOT_INUSE');
  }
}

/** The fields of an event on two channels. */
export function pair(caller: Channel, called: Channel): Record<string, string | number> {
  return { ...channelFields(caller), ...channelFields(called, 'Dest') };
}
