import type { AssembledCall } from './assemble-call';
import type { AgentStretch } from './agent-presence';
import {
  isTransferred,
  noCall,
  type Call,
  type CallContext,
  type Outcome,
  type QueueVisit,
  type Transfer,
} from './call';
import { noPauseReason } from './dimensions';
import type { Phase } from './distributions';
import type { Load } from './loads';
import { extremes, measures, type Fact, type Measure } from './measures';
import type { CdrRecord } from './record';
import type { TalkEnd } from './talk-end';

/** A call, queue visit, agent leg or record as the figures see it: when, of what, and what it adds. */
export interface FactRow extends CallContext {
  fact: Fact;
  /** Epoch milliseconds that decide its time bucket. */
  time: number;
  /** Queue and agent that it is grouped under. */
  queue: string;
  agent: string;
  /** Who ended its talk from a queue; a record's is that of its call, as its outcome is. */
  endedBy: TalkEnd;
  /** Whether its call was transferred. */
  transferred: boolean;
  /** Where a transfer led; none for other facts. */
  transferTarget?: string;
  /** Queues and agents that filters look at. */
  queues: readonly string[];
  agents: readonly string[];
  adds: Partial<Record<Measure, number>>;
  /** What the agent is paused for; left out of what is no pause. */
  pauseReason?: string;
  /** What it spent in phases that it had and that have ended; a record those of its call. */
  seconds: Partial<Record<Phase, number>>;
  /** When it ended, of the loads that it is a part of; epoch milliseconds. */
  ends: Partial<Record<Load, number>>;
}

export type Sums = Record<Measure, number>;

const none: Sums = {
  ...(Object.fromEntries(Object.keys(measures).map((measure) => [measure, 0])) as Sums),
  firstSeen: Infinity,
};

/** Sums that have only what there is some of as their own: thousands of groups have a few measures each. The others read as none. */
export function noSums(): Sums {
  return Object.create(none) as Sums;
}

export function sumsOf(adds: Partial<Sums>): Sums {
  return Object.assign(noSums(), adds);
}

export function setSum(sums: Sums, measure: Measure, value: number): void {
  if (value !== sums[measure]) {
    sums[measure] = value;
  }
}

/** Adds up in place. */
export function addSums(sums: Sums, adds: Partial<Record<Measure, number>>): void {
  for (const measure of Object.keys(adds) as Measure[]) {
    const [before, value] = [sums[measure], adds[measure]!];
    setSum(sums, measure, extremes[measure]?.(before, value) ?? before + value);
  }
}

/** Outcome of a call to the measure that counts it; answered calls have more to add. */
const outcomeMeasure: Record<Exclude<Outcome, 'answered'>, Measure> = {
  abandoned: 'abandoned',
  missed: 'missed',
  busy: 'busy',
  failed: 'failed',
  congestion: 'failed',
  'self-served': 'selfServed',
};

/** Seconds. */
export interface Thresholds {
  /** Within which queue callers should be answered. */
  serviceLevelThreshold: number;
  /** Within which an abandon is a short one; that of the service level where left out. */
  shortAbandonThreshold?: number;
}

/**
 * All facts of one call. Facts without a time belong to no range and are left out.
 */
export function factRows(
  { call, visits, legs, transfers }: AssembledCall,
  records: readonly CdrRecord[],
  thresholds: Thresholds
): FactRow[] {
  const rows: FactRow[] = [];
  const transferred = (call?.transfers ?? 0) > 0;
  if (call && call.startTime !== null) {
    const adds: FactRow['adds'] =
      call.outcome === 'answered'
        ? { calls: 1, answered: 1, talkSeconds: call.talkTime, ringSeconds: call.ringTime ?? 0 }
        : { calls: 1, [outcomeMeasure[call.outcome]]: 1 };
    if (!call.linkedIdMapped) {
      adds.unmapped = 1;
    }
    const time = call.startTime;
    rows.push({ ...call, fact: 'call', time, transferred, adds, seconds: callSeconds(call), ends: callEnds(call) });
    if (call.callingAgent !== '') {
      rows.push(madeRow(call, time, transferred));
    }
  }
  for (const visit of visits) {
    rows.push({
      ...visit,
      fact: 'visit',
      time: visit.joinTime,
      transferred,
      queues: [visit.queue],
      agents: [visit.agent],
      adds: visitAdds(visit, thresholds),
      seconds: visitSeconds(visit),
      ends: visitEnds(visit),
    });
  }
  for (const leg of legs) {
    const adds: FactRow['adds'] = leg.answered
      ? { handled: 1, ...(leg.talkTime === null ? {} : talkAdds(leg.queue, leg.talkTime)) }
      : { notAnswered: leg.refused && leg.queue === '' ? 0 : 1, refused: leg.refused ? 1 : 0 };
    rows.push({
      ...leg,
      fact: 'leg',
      time: leg.startTime,
      transferred,
      queues: [leg.queue],
      agents: [leg.agent],
      adds,
      seconds: { ring: leg.ringTime, ...(leg.answered && leg.talkTime !== null ? { talk: leg.talkTime } : {}) },
      ends: {},
    });
  }
  for (const transfer of transfers) {
    rows.push({
      ...transfer,
      fact: 'transfer',
      time: transfer.transferTime,
      transferred,
      queues: [transfer.queue],
      agents: [transfer.agent],
      adds: transferAdds(transfer),
      seconds: {},
      ends: {},
    });
  }
  for (const record of records) {
    if (record.startTime !== null) {
      rows.push({
        ...record,
        fact: 'record',
        time: record.startTime,
        transferred,
        outcome: call?.outcome ?? null,
        endedBy: call?.endedBy ?? '',
        queues: [record.queue],
        agents: [record.agent],
        adds: { records: 1 },
        seconds: call ? callSeconds(call) : {},
        ends: {},
      });
    }
  }
  return rows;
}

/** A call as that of the agent who made it. */
function madeRow(call: Call, time: number, transferred: boolean): FactRow {
  return {
    ...call,
    fact: 'made',
    time,
    transferred,
    agent: call.callingAgent,
    agents: [call.callingAgent],
    adds: {
      made: 1,
      madeOutbound: call.direction === 'outbound' ? 1 : 0,
      madeTalkSeconds: call.outcome === 'answered' ? call.talkTime : 0,
    },
    seconds: callSeconds(call),
    ends: {},
  };
}

function talkAdds(queue: string, talkTime: number): FactRow['adds'] {
  return { handleTalks: 1, handleSeconds: talkTime, queueTalkSeconds: queue === '' ? 0 : talkTime };
}

/** A stretch of an agent's presence; it belongs to no call. */
export function stretchRow(stretch: AgentStretch): FactRow {
  const seconds = Math.round((stretch.endTime - stretch.startTime) / 1000);
  return {
    ...noCall,
    fact: 'stretch',
    time: stretch.startTime,
    transferred: false,
    server: stretch.server,
    linkedId: '',
    utcOffset: stretch.utcOffset,
    queue: '',
    queues: stretch.queues,
    agent: stretch.agent,
    agents: [stretch.agent],
    endedBy: '',
    pauseReason: stretch.paused ? stretch.pauseReason || noPauseReason : '',
    adds: {
      stretches: 1,
      loggedInSeconds: seconds,
      pausedSeconds: stretch.paused ? seconds : 0,
      wrapUpSeconds: stretch.wrapUp ? seconds : 0,
      firstSeen: stretch.startTime,
      lastSeen: stretch.endTime,
    },
    seconds: {},
    ends: {},
  };
}

function visitAdds(
  { visitOutcome, waitTime, answerDelay, talkTime, derived, imported }: AssembledCall['visits'][number],
  { serviceLevelThreshold, shortAbandonThreshold = serviceLevelThreshold }: Thresholds
): FactRow['adds'] {
  const adds: FactRow['adds'] = { offered: 1 };
  if (derived) {
    adds.derivedVisits = 1;
  }
  if (imported) {
    adds.importedVisits = 1;
  }
  if (visitOutcome === 'answered' || visitOutcome === 'abandoned') {
    Object.assign(adds, { waits: 1, waitSeconds: waitTime, longestWait: waitTime });
  }
  if (visitOutcome === 'answered') {
    Object.assign(adds, {
      visitsAnswered: 1,
      answeredWithin: (answerDelay ?? waitTime) <= serviceLevelThreshold ? 1 : 0,
      answeredWaitSeconds: waitTime,
      ...(talkTime === null ? {} : { visitTalks: 1, visitTalkSeconds: talkTime }),
    });
  } else if (visitOutcome === 'abandoned') {
    Object.assign(adds, {
      visitsAbandoned: 1,
      abandonedWithin: waitTime <= serviceLevelThreshold ? 1 : 0,
      abandonedShort: waitTime <= shortAbandonThreshold ? 1 : 0,
    });
  }
  return adds;
}

function transferAdds(transfer: Transfer): FactRow['adds'] {
  return isTransferred(transfer)
    ? {
        transfers: 1,
        [transfer.kind === 'blind' ? 'blindTransfers' : 'attendedTransfers']: 1,
        ...(transfer.derived ? { derivedTransfers: 1 } : {}),
      }
    : {};
}

/** What a call spent in its phases. */
export function callSeconds({ outcome, queue, waitTime, ringTime, talkTime }: Call): FactRow['seconds'] {
  return {
    ...(queue === '' ? {} : { wait: waitTime }),
    ...(outcome === 'answered' ? { ring: ringTime ?? 0, talk: talkTime } : {}),
  };
}

function visitSeconds({ visitOutcome, waitTime, answerDelay, talkTime }: QueueVisit): FactRow['seconds'] {
  switch (visitOutcome) {
    case 'answered':
      return {
        wait: waitTime,
        answer: answerDelay ?? waitTime,
        ...(talkTime === null ? {} : { talk: talkTime }),
      };
    case 'abandoned':
      return { wait: waitTime };
    default:
      return {};
  }
}

function callEnds({ endTime }: Call): FactRow['ends'] {
  return endTime === null ? {} : { calls: endTime };
}

/** A talk whose end was not heard counts as none. */
function visitEnds({ leaveTime, talkTime }: QueueVisit): FactRow['ends'] {
  return leaveTime === null ? {} : { waitingCallers: leaveTime, queueCalls: leaveTime + (talkTime ?? 0) * 1000 };
}
