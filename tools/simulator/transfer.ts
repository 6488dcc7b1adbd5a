import { bridgeFields, enterBridge, leaveBridge } from './bridge';
import { CdrRecords } from './cdr-records';
import { channelFields } from './channel';
import { answerDial, beginDial, type Destination } from './dial';
import { dialAndTalk, endCall } from './dial-call';
import { phoneOf } from './leg';
import type { Pbx } from './pbx';
import type { QueueConversation } from './queue-conversation';
import { outsideNumber } from './people';
import type { Agent, Queue } from './staff';
import type { Script } from './timeline';

const talkMean = 120;

/** Somebody to transfer to; null when everybody is on the phone. */
export function colleagueOf(pbx: Pbx, agent: Agent): Agent | null {
  const free = pbx.agents.filter(
    (other) => other !== agent && other.isLoggedIn && pbx.deviceState(other.device) === 'NOT_INUSE'
  );
  return free.length > 0 ? pbx.random.pick(free) : null;
}

/**
 * The agent, whose side has ended, sent the caller on without asking. Asterisk goes on with the caller's channel at the
 * new extension: one more record of the same channel.
 */
export function* blindTransfer(conversation: QueueConversation, to: Destination): Script {
  const { pbx, caller, records } = conversation.call;
  sendOn(conversation, to.number);
  const isAnswered = pbx.random.chance(0.85);
  const talk = pbx.random.exponential(talkMean);
  yield* dialAndTalk(pbx, caller, records, to, isAnswered ? 'answered' : 'no-answer', talk);
  endCall(pbx, caller, records);
}

/** The same, into another queue, by the number that leads to it. */
export function* transferToQueue(conversation: QueueConversation, { name, exten }: Queue): Script {
  sendOn(conversation, exten);
  yield* conversation.call.sendTo(name);
}

/** A number that nobody here has. */
export function outsideOf(pbx: Pbx): Destination {
  const number = outsideNumber(pbx.random);
  return {
    ...{ device: 'PJSIP/trunk-acme', number, name: number, context: 'from-trunk' },
    dialString: `${number.slice(1)}@trunk-acme`,
  };
}

function sendOn({ call, leg, bridge }: QueueConversation, extension: string): void {
  const { pbx, caller } = call;
  pbx.emit('BlindTransfer', 'call', {
    Result: 'Success',
    ...channelFields(leg.channel, 'Transferer'),
    ...channelFields(caller, 'Transferee'),
    ...bridgeFields(bridge),
    IsExternal: 'Yes',
    Context: 'internal',
    Extension: extension,
  });
  leaveBridge(pbx, bridge, caller);
  Object.assign(caller, { context: 'internal', exten: extension, priority: 1 });
}

/**
 * The agent asks the colleague first, on a second channel, then joins both. The second call takes the older linkedid
 * when the bridges become one; the caller's channel has one more record, with the colleague's.
 */
export function* attendedTransfer(
  { call, leg, bridge }: QueueConversation,
  to: Agent,
  endAgentSide: () => void
): Script {
  const { pbx, caller, records, queueApp } = call;
  const consult = pbx.newChannel(leg.agent.device, {
    number: leg.agent.extension,
    callerName: leg.agent.name,
    context: 'internal',
    exten: to.extension,
    state: 'Ring',
  });
  const consultRecords = new CdrRecords(pbx, consult);
  const dialedAt = pbx.now;
  const colleague = beginDial(pbx, consult, phoneOf(to));
  yield pbx.random.between(2, 8);
  answerDial(pbx, consult, colleague);
  pbx.setState(consult, 'Up');
  const answeredAt = pbx.now;
  yield pbx.random.between(5, 30);

  consult.linkedId = caller.linkedId;
  colleague.linkedId = caller.linkedId;
  pbx.emit('AttendedTransfer', 'call', {
    Result: 'Success',
    ...channelFields(leg.channel, 'OrigTransferer'),
    ...bridgeFields(bridge, 'Orig'),
    ...channelFields(consult, 'SecondTransferer'),
    ...channelFields(caller, 'Transferee'),
    ...channelFields(colleague, 'TransferTarget'),
    IsExternal: 'No',
    DestType: 'Bridge',
    DestBridgeUniqueid: bridge.id,
  });
  endAgentSide();
  const party = { destinationChannel: colleague.name, answeredAt };
  consultRecords.add({ name: 'Dial', data: `${to.device},20,tT` }, 'ANSWERED', dialedAt, party);
  consultRecords.send();
  pbx.hangup(consult, 16);

  const joinedAt = pbx.now;
  enterBridge(pbx, bridge, colleague);
  yield pbx.random.exponential(talkMean);
  leaveBridge(pbx, bridge, caller);
  leaveBridge(pbx, bridge, colleague);
  pbx.hangup(colleague, 16);
  pbx.setDevice(to.device, 'NOT_INUSE');
  records.add(queueApp, 'ANSWERED', joinedAt, { destinationChannel: colleague.name, answeredAt: joinedAt });
  endCall(pbx, caller, records);
}
