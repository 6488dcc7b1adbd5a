import { CdrRecords } from './cdr-records';
import { dialAndTalk, endCall, type DialResult } from './dial-call';
import { phoneOf } from './leg';
import { trunkNumber } from './numbers';
import type { Pbx } from './pbx';
import { inboundChannel, outsideNumber } from './people';
import type { Agent } from './staff';
import type { Script } from './timeline';

const talkMean = 150;

/** Somebody outside calls one person's number. */
export function* directCall(pbx: Pbx): Script {
  const agent = pbx.random.pick(pbx.agents);
  const caller = inboundChannel(pbx, agent.extension);
  const records = new CdrRecords(pbx, caller, { department: 'front-desk' });
  yield 0.1;
  yield* dialAndTalk(pbx, caller, records, phoneOf(agent), reach(pbx, agent), pbx.random.exponential(talkMean));
  endCall(pbx, caller, records);
}

/** One person calls a colleague. */
export function* internalCall(pbx: Pbx): Script {
  const from = idleAgent(pbx);
  const to = pbx.random.pick(pbx.agents);
  if (from === null || from === to) {
    return;
  }
  const { caller, records } = pickUp(pbx, from, to.extension);
  yield 0.1;
  yield* dialAndTalk(pbx, caller, records, phoneOf(to), reach(pbx, to), pbx.random.exponential(60));
  endCall(pbx, caller, records);
}

/** One person calls somebody outside; now and then the trunk is down. */
export function* outboundCall(pbx: Pbx, number = outsideNumber(pbx.random)): Script {
  const from = idleAgent(pbx);
  if (from === null) {
    return;
  }
  const { caller, records } = pickUp(pbx, from, number);
  const device = pbx.random.pick(['PJSIP/trunk-acme', 'PJSIP/provider-beta']);
  const result = pbx.random.weighted<DialResult>([
    [70, 'answered'],
    [12, 'no-answer'],
    [8, 'busy'],
    [5, 'cancelled'],
    [3, 'failed'],
    [2, 'congestion'],
  ]);
  caller.number = trunkNumber(device);
  yield 0.1;
  const to = {
    device,
    number,
    name: number,
    context: 'from-trunk',
    dialString: `${number.slice(1)}@${device.slice('PJSIP/'.length)}`,
  };
  yield* dialAndTalk(pbx, caller, records, to, result, pbx.random.exponential(talkMean));
  endCall(pbx, caller, records);
}

/** An announcement is all that the caller hears. */
export function* selfServedCall(pbx: Pbx): Script {
  const caller = inboundChannel(pbx, '300');
  const records = new CdrRecords(pbx, caller);
  yield 0.2;
  pbx.setState(caller, 'Up');
  yield pbx.random.between(4, 45);
  records.add({ name: 'BackGround', data: 'opening-hours' }, 'ANSWERED', caller.startedAt);
  endCall(pbx, caller, records, 0);
}

/** The dialplan refuses the call, with a busy tone or for want of lines. */
export function* refusedCall(pbx: Pbx): Script {
  const isBusy = pbx.random.chance(0.6);
  const caller = inboundChannel(pbx, isBusy ? '401' : '400');
  const records = new CdrRecords(pbx, caller);
  yield 0.1;
  pbx.setState(caller, 'Busy');
  const name = isBusy ? 'Busy' : 'Congestion';
  records.add({ name, data: '2' }, isBusy ? 'BUSY' : 'CONGESTION', caller.startedAt);
  endCall(pbx, caller, records, isBusy ? 17 : 34);
}

function pickUp(pbx: Pbx, agent: Agent, exten: string) {
  const caller = pbx.newChannel(agent.device, {
    number: agent.extension,
    callerName: agent.name,
    context: 'internal',
    exten,
    state: 'Ring',
  });
  pbx.setDevice(agent.device, 'INUSE');
  return { caller, records: new CdrRecords(pbx, caller) };
}

function idleAgent(pbx: Pbx): Agent | null {
  const idle = pbx.agents.filter((agent) => agent.isLoggedIn && pbx.deviceState(agent.device) === 'NOT_INUSE');
  return idle.length > 0 ? pbx.random.pick(idle) : null;
}

/** What happens when somebody rings this agent's phone. */
function reach(pbx: Pbx, agent: Agent): DialResult {
  if (pbx.deviceState(agent.device) !== 'NOT_INUSE') {
    return 'busy';
  }
  return pbx.random.weighted<DialResult>([
    [agent.isLoggedIn ? 80 : 5, 'answered'],
    [12, 'no-answer'],
    [8, 'cancelled'],
    [3, 'declined'],
  ]);
}
