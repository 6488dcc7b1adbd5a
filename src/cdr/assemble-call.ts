import { noCall, type AgentLeg, type Call, type CallContext, type Outcome, type QueueVisit } from './call';
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
  const { records, events } = withOffsets(inOrder(parts));
  const fromEvents = visitsFromEvents(events, rules, records.length > 0);
  const visits = fromEvents.length > 0 ? fromEvents : visitsFromRecords(records);
  const eventLegs = legsFromEvents(events, rules);
  const legs = [...eventLegs, ...legsFromRecords(records, eventLegs)];
  const ofRecords = records.length > 0 ? contextOfRecords(records, visits) : null;
  const call = ofRecords && toCall(ofRecords, records, visits, legs);
  const context = ofRecords ?? contextOfVisits(parts, visits);
  return {
    call,
    visits: visits.map((visit) => ({ ...context, ...visit })),
    legs: legs.map((leg) => ({ ...context, ...leg })),
  };
}

/** Events that came before the PBX's clock was known have the offset of the call's records. */
function withOffsets({ records, events }: CallParts): CallParts {
  const known = records[0]?.utcOffset ?? null;
  return { records, events: events.map((event) => ({ ...event, utcOffset: event.utcOffset ?? known })) };
}

function contextOfRecords(
  records: readonly CdrRecord[],
  visits: readonly BareVisit[]
): CallContext & { outcome: Outcome } {
  const first = records[0]!;
  const [startTime, endTime] = spanOf(records);
  return {
    ...verdictOf(records, visits),
    server: first.server,
    linkedId: first.linkedId,
    source: first.source,
    destination: first.destination,
    direction: directionRecord(records).direction,
    accountCode: first.accountCode,
    duration: startTime === null || endTime === null ? first.duration : Math.round((endTime - startTime) / 1000),
    utcOffset: first.utcOffset,
    custom: mergeCustom(records),
  };
}

function toCall(
  context: CallContext & { outcome: Outcome },
  records: readonly CdrRecord[],
  visits: readonly BareVisit[],
  legs: readonly BareLeg[]
): Call {
  const answers = records.filter(isPersonAnswer);
  const answeredVisits = visits.filter((visit) => visit.visitOutcome === 'answered');
  const answeredLegs = legs.filter((leg) => leg.answered).sort((a, b) => a.startTime - b.startTime);
  const agents = distinct([...answeredVisits.map((visit) => visit.agent), ...answeredLegs.map((leg) => leg.agent)]);
  const [startTime, endTime] = spanOf(records);
  const answered = context.outcome === 'answered';
  const direct = answers.find((record) => record.queue === '') ?? answers[0];
  const queueAnswer = answeredVisits[0];
  return {
    ...context,
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
    linkedIdMapped: records[0]!.linkedIdMapped,
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

function contextOfVisits({ events }: CallParts, visits: readonly BareVisit[]): CallContext {
  return {
    ...noCall,
    server: events[0]?.server ?? '',
    linkedId: events[0]?.linkedId ?? '',
    utcOffset: visits[0]?.utcOffset ?? 0,
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

/** From the first start to the last end; null where no record tells. */
function spanOf(records: readonly CdrRecord[]): [startTime: number | null, endTime: number | null] {
  const starts = records.flatMap(({ startTime }) => startTime ?? []);
  const ends = records.flatMap(({ endTime }) => endTime ?? []);
  return [starts.length === 0 ? null : Math.min(...starts), ends.length === 0 ? null : Math.max(...ends)];
}
