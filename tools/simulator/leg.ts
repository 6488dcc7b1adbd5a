import { leaveBridge, openBridge, type Bridge } from './bridge';
import { CdrRecords } from './cdr-records';
import type { Channel } from './channel';
import { answerDial, beginDial, endDial, pair, refuseDial, ringChannel, type Destination } from './dial';
import type { HangupCause, Pbx } from './pbx';
import type { Agent } from './staff';

/** One agent who is rung for one caller. */
export interface Leg {
  agent: Agent;
  /** The channel that the queue rings. */
  channel: Channel;
  startedAt: number;
  /** FreePBX rings agents through a Local channel: its other half and the phone. */
  relay: Relay | null;
}

interface Relay {
  far: Channel;
  phone: Channel;
  records: CdrRecords;
  bridge: Bridge | null;
}

export function phoneOf(agent: Agent): Destination {
  return {
    device: agent.device,
    number: agent.extension,
    name: agent.name,
    context: 'internal',
    dialString: agent.extension,
  };
}

export function ringLeg(pbx: Pbx, caller: Channel, agent: Agent, queue: string): Leg {
  const startedAt = pbx.now;
  const member = { Queue: queue, Interface: agent.interface, MemberName: agent.name };
  const called = (channel: Channel): void => pbx.emit('AgentCalled', 'agent', { ...pair(caller, channel), ...member });
  if (!agent.interface.startsWith('Local/')) {
    return { agent, channel: beginDial(pbx, caller, phoneOf(agent), called), startedAt, relay: null };
  }
  const device = `Local/${agent.extension}@from-queue`;
  const number = pbx.nextChannelNumber();
  const half = (side: 1 | 2): Channel =>
    pbx.newChannel(device, {
      number: side === 1 ? agent.extension : caller.number,
      callerName: side === 1 ? agent.name : caller.callerName,
      context: 'from-queue',
      exten: agent.extension,
      state: side === 1 ? 'Down' : 'Ring',
      linkedId: caller.linkedId,
      suffix: `${number};${side}`,
    });
  const channel = half(1);
  const far = half(2);
  ringChannel(pbx, caller, channel, `${agent.extension}@from-queue/n`, called);
  const phone = beginDial(pbx, far, phoneOf(agent));
  return { agent, channel, startedAt, relay: { far, phone, records: new CdrRecords(pbx, far), bridge: null } };
}

export function answerLeg(pbx: Pbx, caller: Channel, leg: Leg): void {
  const { relay } = leg;
  if (relay) {
    answerDial(pbx, relay.far, relay.phone);
    pbx.setState(relay.far, 'Up');
    relay.bridge = openBridge(pbx, relay.phone, relay.far);
  }
  pbx.setState(leg.channel, 'Up');
  endDial(pbx, caller, leg.channel, 'ANSWER');
  pbx.setDevice(leg.agent.device, 'INUSE');
}

/** The agent did not answer in time, or someone else did, or the caller went. */
export function cancelLeg(pbx: Pbx, caller: Channel, leg: Leg, cause: HangupCause): void {
  refuseDial(pbx, caller, leg.channel, 'CANCEL', cause);
  if (leg.relay) {
    const { far, phone, records } = leg.relay;
    refuseDial(pbx, far, phone, 'CANCEL', cause);
    records.add(dialOf(leg.agent), 'NO ANSWER', leg.startedAt, { destinationChannel: phone.name, answeredAt: null });
    records.send();
    pbx.hangup(far, cause);
  }
}

/** The agent's side of an answered call ends. */
export function hangupLeg(pbx: Pbx, leg: Leg): void {
  pbx.hangup(leg.channel, 16);
  if (leg.relay) {
    const { far, phone, records, bridge } = leg.relay;
    if (bridge) {
      leaveBridge(pbx, bridge, far);
      leaveBridge(pbx, bridge, phone);
    }
    records.add(dialOf(leg.agent), 'ANSWERED', leg.startedAt, {
      destinationChannel: phone.name,
      answeredAt: phone.answeredAt,
    });
    records.send();
    pbx.hangup(phone, 16);
    pbx.hangup(far, 16);
  }
  pbx.setDevice(leg.agent.device, 'NOT_INUSE');
}

function dialOf(agent: Agent): { name: string; data: string } {
  return { name: 'Dial', data: `${agent.device},15,tr` };
}
