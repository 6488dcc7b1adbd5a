import { agentOfRecord } from './agent-of-record';
import type { DialledChannels } from './dialled-channels';
import type { BareLeg, Ring } from './legs-from-events';
import type { PhoneEnds } from './phone-ends';
import { Pickups } from './pickups';
import { RingIndex, slack } from './ring-index';
import { isPersonChannel } from './person-answer';
import type { QueueEvent } from './queue-event';
import type { Refusals } from './refusals';
import type { CdrRecord } from './record';
import { secondsBefore } from './seconds-before';
import { stayKey } from './stay-key';
import type { Span } from './spans';
import { isNoAnswer } from './outcome';
import { queueAnswer, queueStays } from './visits-from-records';

/** What is known of the phones that a call rang, besides its records. */
export interface HeardRings {
  /** Of queue members, by queue events. */
  rings: readonly Ring[];
  /** `DialEnd`s of all other phones. */
  dialEnds: readonly QueueEvent[];
  refusals: Refusals;
  /** True where queue events tell the call's queue visits. */
  hasQueueEvents: boolean;
  /** By `stayKey`, stays of which no event told the end, so that the records tell it. */
  toldByRecords: ReadonlySet<string>;
}

/**
 * Rings of agents that records show: direct calls, and queue calls where no queue events came. A ring that the queue's
 * events tell makes no second leg: FreePBX rings members through Local channels, which leave a record of their own. A
 * phone that stopped because another one answered did not ring unanswered; where DialEnd was heard, Asterisk says so
 * itself. One talk may have left several records (a Local channel optimized away, ForkCDR): it is one leg.
 */
export function legsFromRecords(
  records: readonly CdrRecord[],
  dialled: DialledChannels,
  phoneEnds: PhoneEnds,
  { rings, dialEnds, refusals, hasQueueEvents, toldByRecords }: HeardRings
): BareLeg[] {
  const pickups = new Pickups(records, dialled);
  const passedOn = new Set(
    hasQueueEvents ? [] : queueStays(records).flatMap((stay) => afterTheAnswer(stay, dialled, pickups))
  );
  const known = new RingIndex(rings.filter((ring) => ring.leg !== null || !toldByRecords.has(stayKey(ring))));
  const roots = new Set(records.map((record) => dialled.root(record)));
  const answers = answersByDialling(roots, dialled);
  const endsOf = Map.groupBy(dialEnds, ({ memberChannel }) => memberChannel);
  const legs = records.flatMap((record) => {
    const root = dialled.root(record);
    const ends = [record, root].map(({ destinationChannel }) => endsOf.get(destinationChannel) ?? []);
    const refusedAt = refusals.at(record.destinationChannel);
    const leg = toLeg(record, root, dialled, phoneEnds, ends[0]!, ends[1]!, refusedAt);
    if (!leg || known.has(leg, record, dialled)) {
      return [];
    }
    const isOfQueue = root.queue !== '';
    if (isOfQueue && hasQueueEvents && !toldByRecords.has(stayKey(root))) {
      // Who got the caller by a transfer, a park or a pickup talked, but handled no queue call.
      return leg.answered ? [{ ...leg, queue: '' }] : [];
    }
    const isPicked = pickups.has(root, record) || pickups.has(record, record);
    if (isPicked || (!leg.answered && !leg.refused && isStopped(root, answers))) {
      return [];
    }
    return [{ ...leg, queue: passedOn.has(root) || dialled.isPassedOn(record) ? '' : root.queue }];
  });
  return joinTalks(legs);
}

/**
 * A phone that is busy, out of reach or does not accept the call (`DialEnd` BUSY, CONGESTION, CHANUNAVAIL, CONTINUE) did not ring
 * unanswered, but for a queue, which counts all of them. One that rang and was declined is a leg all the same.
 *
 * @param root record in which the dialling began
 * @param ends `DialEnd`s of the phone: a queue sends NOANSWER, and CANCEL after it
 * @param refusedAt when the agent declined; null where nobody did
 * @param rootEnds those of the dialling that led to it: a queue that gives up a member cancels the phone behind his Local channel
 */
function toLeg(
  record: CdrRecord,
  root: CdrRecord,
  dialled: DialledChannels,
  phoneEnds: PhoneEnds,
  ends: readonly QueueEvent[],
  rootEnds: readonly QueueEvent[],
  refusedAt: number | null
): BareLeg | null {
  const { destinationChannel, startTime, answerTime, endTime, billableSeconds, duration, utcOffset } = record;
  const answer = dialled.answer(record);
  const agent = agentOfRecord(record);
  // Behind a Local channel the phone has a record of its own, if anything is known of it.
  if (agent === '' || startTime === null || (!isPersonChannel(destinationChannel) && answer !== record)) {
    return null;
  }
  const isRefused = answer === null && refusedAt !== null;
  if (answer === null && !isRefused && root.queue === '' && !isNoAnswer(record)) {
    return null;
  }
  const statuses = [...ends, ...rootEnds].map(({ dialStatus }) => dialStatus);
  if (answer === null && !isRefused && ends.at(-1)?.dialStatus === 'CANCEL' && !statuses.includes('NOANSWER')) {
    return null;
  }
  const answeredAt = ends.find(({ dialStatus }) => dialStatus === 'ANSWER')?.at ?? null;
  const early = answer ? secondsBefore(answerTime, answeredAt) : 0;
  const end = answer && endTime !== null ? phoneEnds.of(destinationChannel, answer.answerTime ?? startTime) : null;
  const more = end === null ? 0 : Math.max(0, Math.round((end - endTime!) / 1000));
  return {
    agent,
    queue: '',
    startTime,
    answered: answer !== null,
    refused: isRefused,
    ringTime: Math.max(0, isRefused ? Math.round((refusedAt - startTime) / 1000) : duration - billableSeconds + early),
    talkTime: record.disposition === 'ANSWERED' ? Math.max(0, billableSeconds - early) + more : 0,
    endedBy: '',
    utcOffset,
  };
}

/** Records of a stay that follow its answer: the caller was passed on. Those of the same talk are not passed on. */
function afterTheAnswer(stay: readonly CdrRecord[], dialled: DialledChannels, pickups: Pickups): CdrRecord[] {
  const answer = queueAnswer(stay, dialled, pickups);
  const agent = answer && agentOfRecord(answer.by);
  return answer
    ? stay.slice(stay.indexOf(answer.record) + 1).filter((record) => {
        const by = dialled.answer(record);
        return by !== null && agentOfRecord(by) !== agent;
      })
    : [];
}

/** From the first answer to the end of the last one, of each dialling by `diallingKey` of its start. */
function answersByDialling(roots: Iterable<CdrRecord>, dialled: DialledChannels): Map<string, Span> {
  const answers = new Map<string, Span>();
  for (const root of roots) {
    const answer = dialled.answer(root);
    if (answer) {
      const key = diallingKey(root, root.startTime ?? 0);
      const [from, to] = answers.get(key) ?? [Infinity, 0];
      const answeredAt = Math.max(root.answerTime ?? 0, answer.answerTime ?? 0);
      answers.set(key, [Math.min(from, answeredAt), Math.max(to, root.endTime ?? 0)]);
    }
  }
  return answers;
}

/** Whether a phone stopped ringing because another one that rang by the same dialling was answered: not before that. */
function isStopped(root: CdrRecord, answers: ReadonlyMap<string, Span>): boolean {
  const [start, end] = [root.startTime ?? 0, root.endTime ?? 0];
  const near = [-2000, -1000, 0, 1000, 2000].map((shift) => answers.get(diallingKey(root, start + shift)));
  return near.some((answer) => answer !== undefined && end >= answer[0] - slack && end <= answer[1] + slack);
}

function diallingKey({ uniqueId, lastApplication, lastData }: CdrRecord, startTime: number): string {
  return JSON.stringify([uniqueId, lastApplication, lastData, Math.floor(startTime / 1000)]);
}

/** Talks of one agent that follow one another without a pause are one, cut into several records. */
function joinTalks(legs: readonly BareLeg[]): BareLeg[] {
  const joined: BareLeg[] = [];
  const lastTalk = new Map<string, BareLeg>();
  for (const leg of [...legs].sort((a, b) => a.startTime - b.startTime)) {
    const before = leg.answered ? lastTalk.get(leg.agent) : undefined;
    if (before && leg.startTime <= talkEnd(before) + slack) {
      const end = Math.max(talkEnd(before), talkEnd(leg));
      before.talkTime = Math.round((end - before.startTime) / 1000) - before.ringTime;
      before.queue ||= leg.queue;
      continue;
    }
    const own = { ...leg };
    joined.push(own);
    if (leg.answered) {
      lastTalk.set(leg.agent, own);
    }
  }
  return joined;
}

function talkEnd({ startTime, ringTime, talkTime }: BareLeg): number {
  return startTime + (ringTime + (talkTime ?? 0)) * 1000;
}
