import { afterGivingUp } from './after-giving-up';
import { CdrRecords } from './cdr-records';
import { channelFields, type Channel } from './channel';
import { answerLeg, cancelLeg, ringLeg, type Leg } from './leg';
import { inboundChannel, type Caller } from './people';
import type { Pbx } from './pbx';
import { emitQueue, leaveQueue, ringNoAnswer, wholeSeconds, type QueueCall } from './queue-events';
import type { QueueLine } from './queue-line';
import { talkInQueue } from './queue-talk';
import type { Script } from './timeline';

/**
 * A call that waits in a queue: answered, abandoned, or sent on to voicemail when it waited too long.
 *
 * @param abandonRate how likely it is, 0 to 1, that the caller gives up before an agent answers
 * @param who calls; anyone where left out
 */
export function* queueCall(pbx: Pbx, queueName: string, abandonRate: number, who?: Caller): Script {
  const line = pbx.lines.get(queueName)!;
  const { queue } = line;
  const caller = inboundChannel(pbx, queue.exten, who);
  const records = new CdrRecords(pbx, caller, { department: queue.department, campaign: queue.campaign });
  yield* enter(pbx, caller, queue.entry);
  yield* waitInLine(pbx, line, caller, records, abandonRate);
}

function* waitInLine(pbx: Pbx, line: QueueLine, caller: Channel, records: CdrRecords, abandonRate: number): Script {
  const { queue } = line;
  const givesUp = pbx.random.chance(abandonRate);
  const patience = givesUp ? pbx.random.between(3, Math.min(60, queue.maxWait - 1)) : Infinity;
  caller.priority = 2;
  const place = line.join(caller, pbx.now);
  const queueApp = {
    name: 'Queue',
    data: `${queue.name},${queue.entry === 'unanswered' ? '' : 'tT'},,,${queue.maxWait}`,
  };
  const sendTo = (other: string): Script => waitInLine(pbx, pbx.lines.get(other)!, caller, records, abandonRate);
  const call: QueueCall = { pbx, line, caller, place, records, queueApp, sendTo };
  pbx.setDevice(`Queue:${queue.name}`, 'RINGING');
  emitQueue(call, 'QueueCallerJoin', { Position: line.position(place), Count: line.waiting.length });

  const leg = yield* waitForAgent(call, Math.min(patience, queue.maxWait), givesUp);
  if (leg) {
    yield* talkInQueue(call, leg);
  } else {
    yield* giveUp(call, givesUp);
    if (givesUp) {
      yield* afterGivingUp(pbx, caller, () => queueCall(pbx, queue.name, abandonRate, caller));
    }
  }
}

function* enter(pbx: Pbx, caller: Channel, entry: QueueLine['queue']['entry']): Script {
  if (entry !== 'unanswered') {
    yield 0.5;
    pbx.setState(caller, 'Up');
  }
  if (entry === 'menu') {
    yield pbx.random.between(4, 15);
  }
}

/** The leg that was answered; null when `limit` seconds went by before that. */
function* waitForAgent(call: QueueCall, limit: number, givesUp: boolean): Script<Leg | null> {
  const { pbx, line, place } = call;
  const { queue } = line;
  for (;;) {
    const left = limit - pbx.timeline.since(place.joinedAt);
    // Epoch milliseconds as numbers don't tell less than that apart.
    if (left < 0.001) {
      return null;
    }
    const free = pbx.freeAgents(queue.name);
    if (line.position(place) > free.length) {
      yield Math.min(1, left);
      continue;
    }
    const rung = queue.strategy === 'ringall' ? free : free.slice(0, 1);
    const answered = yield* ringOnce(
      call,
      rung.map((agent) => ringLeg(pbx, call.caller, agent, queue.name)),
      left,
      givesUp
    );
    if (answered) {
      return answered;
    }
    // app_queue tries again after its retry time.
    yield Math.min(1, Math.max(0, limit - pbx.timeline.since(place.joinedAt)));
  }
}

function* ringOnce(call: QueueCall, legs: Leg[], left: number, givesUp: boolean): Script<Leg | null> {
  const { pbx, line, caller } = call;
  const { ringTimeout } = line.queue;
  pbx.setDevice(`Queue:${line.queue.name}_avail`, 'INUSE');
  // Where one phone rings, now and then the agent declines.
  const declinedAfter = legs.length === 1 && pbx.random.chance(0.04) ? pbx.random.between(2, 6) : Infinity;
  const answers = legs.map((leg) => ({
    leg,
    after:
      !givesUp && declinedAfter === Infinity && pbx.random.chance(0.85)
        ? pbx.random.between(1.5, ringTimeout * 0.8)
        : Infinity,
  }));
  const first = answers.reduce((least, answer) => (answer.after < least.after ? answer : least));
  yield Math.min(first.after, declinedAfter, ringTimeout, left);
  const isAnswered = first.after <= Math.min(ringTimeout, left);
  if (isAnswered) {
    answerLeg(pbx, caller, first.leg);
  }
  const silent = legs.filter((leg) => !isAnswered || leg !== first.leg);
  const isDeclined = declinedAfter <= Math.min(ringTimeout, left);
  if (!isAnswered && (isDeclined || ringTimeout <= left)) {
    silent.forEach((leg) => ringNoAnswer(call, leg));
  }
  silent.forEach((leg) => {
    cancelLeg(pbx, caller, leg, isAnswered ? 26 : isDeclined ? 17 : 0);
    const party = { destinationChannel: leg.channel.name, answeredAt: null };
    call.records.add(call.queueApp, 'NO ANSWER', leg.startedAt, party);
  });
  pbx.setDevice(`Queue:${line.queue.name}_avail`, 'NOT_INUSE');
  return isAnswered ? first.leg : null;
}

/** The caller hangs up, or the queue's time is over and voicemail follows: app_queue counts both as abandoned (seen). */
function* giveUp(call: QueueCall, hangsUp: boolean): Script {
  const { pbx, line, caller, place, records, queueApp } = call;
  const HoldTime = wholeSeconds(place.joinedAt, pbx.now);
  if (hangsUp) {
    pbx.emit('HangupRequest', 'call', channelFields(caller));
  }
  line.countAbandoned(HoldTime);
  const Position = line.position(place);
  emitQueue(call, 'QueueCallerAbandon', { Position, OriginalPosition: place.originalPosition, HoldTime });
  leaveQueue(call);
  if (hangsUp) {
    // The last party's record covers the time until now; without a party the queue itself does.
    records.addIfEmpty(queueApp, caller.answeredAt === null ? 'NO ANSWER' : 'ANSWERED');
  } else {
    const startedAt = pbx.now;
    if (caller.answeredAt === null) {
      pbx.setState(caller, 'Up');
    }
    caller.priority = 3;
    yield pbx.random.between(5, 40);
    records.add({ name: 'VoiceMail', data: `${line.queue.exten}@default,u` }, 'ANSWERED', startedAt);
  }
  pbx.emit('SoftHangupRequest', 'call', { ...channelFields(caller), Cause: 16 });
  records.send();
  pbx.hangup(caller, hangsUp ? 0 : 16);
  pbx.setDevice(caller.device, 'NOT_INUSE');
}
