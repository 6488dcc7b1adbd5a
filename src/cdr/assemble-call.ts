import type { AgentLeg, Call, CallContext, QueueVisit } from './call';
import { inOrder, type CallParts } from './call-parts';
import type { CallRules } from './call-rules';
import { directionRecord } from './direction-record';
import { legsFromEvents, type BareLeg } from './legs-from-events';
import { legsFromRecords } from './legs-from-records';
import { verdictOf } from './outcome';
import { isPersonAnswer } from './person-answer';
import type { CdrRecord } from './record';
import { coveredSeconds, type Span } from './spans';
import { visitsFromEvents, type BareVisit } from './visits-from-events';
import { visitsFromRecords } from './visits-from-records';

export interface AssembledCall {
  /** Null while the call has no record yet. */
  call: Call | null;
  visits: QueueVisit[];
  legs: AgentLeg[];
}

/**
 * One call from all that is known of it. Pure: the same parts give the same call in whatever order they came, so a late
 * or repeated part only means to assemble again. `parts` must hold each record and event once (`addParts`).
 */
export function assembleCall(parts: CallParts, rules: CallRules): AssembledCall {
  const { records, events } = inOrder(parts);
  const fromEvents = visitsFromEvents(events, rules, records.length > 0);
  const visits = fromEvents.length > 0 ? fromEvents : visitsFromRecords(records);
  const eventLegs = legsFromEvents(events, rules);
  const legs = [...eventLegs, ...legsFromRecords(records, eventLegs)];
  const call = records.length > 0 ? toCall(records, visits, legs) : null;
  const context = call ? contextOf(call) : contextOfVisits(parts, visits);
  return {
    call,
    visits: visits.map((visit) => ({ ...context, ...visit })),
    legs: legs.map((leg) => ({ ...context, ...leg })),
  };
}

function toCall(records: readonly CdrRecord[], visits: readonly BareVisit[], legs: readonly BareLeg[]): Call {
  const first = records[0]!;
  const answers = records.filter(isPersonAnswer);
  const answeredVisits = visits.filter((visit) => visit.visitOutcome === 'answered');
  const answeredLegs = legs.filter((leg) => leg.answered).sort((a, b) => a.startTime - b.startTime);
  const agents = distinct([...answeredVisits.map((visit) => visit.agent), ...answeredLegs.map((leg) => leg.agent)]);
  const { outcome, disposition } = verdictOf(records, visits);
  const startTime = least(records.map((record) => record.startTime));
  const endTime = greatest(records.map((record) => record.endTime));
  const answered = outcome === 'answered';
  const direct = answers.find((record) => record.queue === '') ?? answers[0];
  const queueAnswer = answeredVisits[0];
  return {
    server: first.server,
    linkedId: first.linkedId,
    source: first.source,
    destination: first.destination,
    direction: directionRecord(records).direction,
    disposition,
    outcome,
    accountCode: first.accountCode,
    duration: startTime === null || endTime === null ? first.duration : Math.round((endTime - startTime) / 1000),
    utcOffset: first.utcOffset,
    custom: mergeCustom(records),
    startTime,
    answerTime: answered ? (queueAnswer?.leaveTime ?? direct?.answerTime ?? null) : null,
    endTime,
    talkTime: answered ? talkTime(answers, visits) : 0,
    waitTime: visits.reduce((sum, visit) => sum + visit.waitTime, 0),
    ringTime: answered ? (answeredLegs[0]?.ringTime ?? (direct ? direct.duration - direct.billableSeconds : 0)) : null,
    billableSeconds: Math.max(...records.map((record) => record.billableSeconds)),
    queue: (queueAnswer ?? visits.at(-1))?.queue ?? '',
    queues: distinct(visits.map((visit) => visit.queue)),
    agent: agents[0] ?? '',
    agents,
    records: records.length,
    linkedIdMapped: first.linkedIdMapped,
  };
}

/** A queue visit's talk is told by AgentComplete; all other talk by the records. Legs that overlap count once. */
function talkTime(answers: readonly CdrRecord[], visits: readonly BareVisit[]): number {
  const told = visits.filter((visit) => visit.visitOutcome === 'answered' && visit.talkTime > 0 && visit.leaveTime);
  const inVisits = told.map((visit): Span => [visit.leaveTime!, visit.leaveTime! + visit.talkTime * 1000]);
  const inRecords = answers
    .filter((record) => record.answerTime !== null && !(told.length > 0 && record.queue !== ''))
    .map((record): Span => [record.answerTime!, record.answerTime! + record.billableSeconds * 1000]);
  return coveredSeconds([...inVisits, ...inRecords]);
}

function contextOf(call: Call): CallContext {
  const {
    server,
    linkedId,
    source,
    destination,
    direction,
    disposition,
    outcome,
    accountCode,
    duration,
    utcOffset,
    custom,
  } = call;
  return {
    server,
    linkedId,
    source,
    destination,
    direction,
    disposition,
    outcome,
    accountCode,
    duration,
    utcOffset,
    custom,
  };
}

function contextOfVisits({ events }: CallParts, visits: readonly BareVisit[]): CallContext {
  return {
    server: events[0]?.server ?? '',
    linkedId: events[0]?.linkedId ?? '',
    source: '',
    destination: '',
    direction: 'unknown',
    disposition: '',
    outcome: null,
    accountCode: '',
    duration: 0,
    utcOffset: visits[0]?.utcOffset ?? 0,
    custom: {},
  };
}

/** A custom field may be set on any leg: the first one that has it decides. */
function mergeCustom(records: readonly CdrRecord[]): Record<string, string> {
  const merged: Record<string, string> = {};
  for (const { custom } of records) {
    for (const [label, value] of Object.entries(custom)) {
      merged[label] ||= value;
    }
  }
  return merged;
}

function distinct(values: readonly string[]): string[] {
  return [...new Set(values.filter((value) => value !== ''))];
}

function least(times: ReadonlyArray<number | null>): number | null {
  const known = times.filter((time) => time !== null);
  return known.length === 0 ? null : Math.min(...known);
}

function greatest(times: ReadonlyArray<number | null>): number | null {
  const known = times.filter((time) => time !== null);
  return known.length === 0 ? null : Math.max(...known);
}
