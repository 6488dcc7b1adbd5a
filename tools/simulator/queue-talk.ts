import { leaveBridge, openBridge } from './bridge';
import { channelFields } from './channel';
import { talkWithHold } from './hold';
import { hangupLeg, phoneOf, type Leg } from './leg';
import type { QueueConversation } from './queue-conversation';
import { emitAgent, leaveQueue, wholeSeconds, type QueueCall } from './queue-events';
import type { Script } from './timeline';
import { queues } from './staff';
import { attendedTransfer, blindTransfer, colleagueOf, outsideOf, transferToQueue } from './transfer';

const talkMean = 180;

/** From the agent's answer to the end of the call, with a transfer now and then. */
export function* talkInQueue(call: QueueCall, leg: Leg): Script {
  const { pbx, line, caller } = call;
  const holdTime = wholeSeconds(call.place.joinedAt, pbx.now);
  leaveQueue(call);
  line.countAnswer(holdTime);
  emitAgent(call, 'AgentConnect', leg, { HoldTime: holdTime, RingTime: wholeSeconds(leg.startedAt, pbx.now) });
  if (caller.answeredAt === null) {
    pbx.setState(caller, 'Up');
  }
  const talk = { call, leg, bridge: openBridge(pbx, leg.channel, caller), answeredAt: pbx.now, holdTime };
  yield* talkWithHold(pbx, leg.relay?.phone ?? leg.channel, 1 + pbx.random.exponential(talkMean));
  const end = pbx.random.weighted([
    [60, 'caller'],
    [30, 'agent'],
    [3, 'to colleague'],
    [2, 'to queue'],
    [1, 'to outside'],
    [4, 'attended'],
  ] as const);
  const colleague = colleagueOf(pbx, leg.agent);
  if (end === 'to queue') {
    endAgentSide(talk, 'transfer');
    yield* transferToQueue(talk, pbx.random.pick(queues.filter(({ name }) => name !== line.queue.name)));
  } else if (end === 'to outside' || (end === 'to colleague' && colleague)) {
    endAgentSide(talk, 'transfer');
    yield* blindTransfer(talk, end === 'to outside' ? outsideOf(pbx) : phoneOf(colleague!));
  } else if (end === 'attended' && colleague) {
    yield* attendedTransfer(talk, colleague, () => endAgentSide(talk, 'transfer'));
  } else {
    hangUp(talk, end === 'agent' ? 'agent' : 'caller');
  }
}

function hangUp(talk: QueueConversation, by: 'caller' | 'agent'): void {
  const { pbx, caller, records } = talk.call;
  const first = by === 'caller' ? caller : talk.leg.channel;
  pbx.emit('HangupRequest', 'call', { ...channelFields(first), Cause: 16 });
  endAgentSide(talk, by);
  leaveBridge(pbx, talk.bridge, caller);
  if (by === 'agent') {
    // The dialplan goes on behind Queue(), and ends the call there.
    records.add({ name: 'Hangup', data: '' }, 'ANSWERED', pbx.now);
  }
  pbx.emit('SoftHangupRequest', 'call', { ...channelFields(caller), Cause: 16 });
  pbx.hangup(caller, 16);
  pbx.setDevice(caller.device, 'NOT_INUSE');
  records.send();
}

/** The agent is done with the call: app_queue counts it, and the agent writes it up. */
function endAgentSide({ call, leg, bridge, answeredAt, holdTime }: QueueConversation, reason: string): void {
  const { pbx, line, records, queueApp } = call;
  const { agent, channel } = leg;
  const talkTime = wholeSeconds(answeredAt, pbx.now);
  line.countCompleted(talkTime);
  emitAgent(call, 'AgentComplete', leg, { HoldTime: holdTime, TalkTime: talkTime, Reason: reason });
  leaveBridge(pbx, bridge, channel);
  agent.callsTaken++;
  agent.lastCallAt = pbx.now;
  agent.restsUntil.set(line.queue.name, pbx.now + (line.queue.wrapUp * 1000) / pbx.timeline.speed);
  records.add(queueApp, 'ANSWERED', leg.startedAt, { destinationChannel: channel.name, answeredAt });
  hangupLeg(pbx, leg);
}
