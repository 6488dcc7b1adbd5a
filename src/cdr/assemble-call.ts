import { agentOfRecord } from './agent-of-record';
import { alignEvents } from './align-events';
import {
  isTransferred,
  noCall,
  type AgentLeg,
  type Call,
  type CallContext,
  type Outcome,
  type QueueVisit,
  type Transfer,
} from './call';
import { inOrder, type CallParts } from './call-parts';
import { mostCustomFields } from './call-bounds';
import type { CallRules } from './call-rules';
import { DialledChannels } from './dialled-channels';
import { didOf } from './did';
import { directionRecord } from './direction-record';
import { ringsFromEvents, withTrueEnd, type BareLeg, type Ring } from './legs-from-events';
import { legsFromRecords } from './legs-from-records';
import { withMembersOfRecords } from './members-by-records';
import { verdictOf } from './outcome';
import { PhoneEnds } from './phone-ends';
import { Refusals } from './refusals';
import { isOfQueue } from './queue-event-from-fields';
import type { QueueEvent } from './queue-event';
import type { CdrRecord } from './record';
import { ruledFields } from './ruled-fields';
import { secondsBefore } from './seconds-before';
import { stayKey } from './stay-key';
import { coveredSeconds, snapTo, withoutSpans, type Span } from './spans';
import { transfersOf, type BareTransfer } from './transfers';
import { visitsFromEvents, type BareVisit } from './visits-from-events';
import { visitsFromRecords } from './visits-from-records';

export interface AssembledCall {
  /** Null while the call goes on: it has no record yet, and no queue said that the caller left. */
  call: Call | null;
  visits: QueueVisit[];
  legs: AgentLeg[];
  transfers: Transfer[];
}

type CallSpan = [startTime: number | null, endTime: number | null];

/**
 * One call from all that is known of it. Pure: the same parts give the same call in whatever order they came, so a late
 * or repeated part only means to assemble again. `parts` must hold each record and event once (`addParts`).
 */
export function assembleCall(parts: CallParts, rules: CallRules): AssembledCall {
  const { records, events: told } = onOneClock(inOrder(parts));
  const events = withMembersOfRecords(told, records);
  const dialled = new DialledChannels(records);
  const dialEnds = events.filter(({ name }) => name === 'DialEnd');
  const heardAnswers = new Map(
    dialEnds.filter(({ dialStatus }) => dialStatus === 'ANSWER').map(({ memberChannel, at }) => [memberChannel, at])
  );
  const visits = visitsOf(records, events, dialled, heardAnswers, rules);
  const phoneEnds = new PhoneEnds(records, dialled);
  const refusals = new Refusals(events, rules);
  const rings = ringsFromEvents(events, rules, refusals).map((ring) => withTrueEnd(ring, phoneEnds));
  const hasQueueEvents = events.some(({ name }) => isOfQueue(name)) || records.some((one) => one.queueEventsHeard);
  const toldByRecords = new Set(visits.filter(({ derived }) => derived).map(stayKey));
  const legs = [
    ...rings.flatMap(({ leg }) => leg ?? []),
    ...legsFromRecords(records, dialled, phoneEnds, { rings, dialEnds, refusals, hasQueueEvents, toldByRecords }),
  ];
  const refuted = hasQueueEvents ? refutedStays(visits) : new Set<string>();
  const answers = records.filter(
    (record) => dialled.answer(record) === record && !refuted.has(stayKey(dialled.root(record)))
  );
  const transfers = transfersOf({ records, events, visits, legs, dialled, rules });
  const span = records.length > 0 ? spanOf(records) : spanOfVisits(visits, events);
  const context = contextOf(records, events, span, visits, answers, rules);
  const call =
    context.outcome === null
      ? null
      : toCall(
          { ...context, outcome: context.outcome },
          span,
          records,
          answers,
          visits,
          rings,
          legs,
          transfers,
          heardAnswers
        );
  return {
    call,
    visits: visits.map((visit) => ({ ...context, ...visit })),
    legs: legs.map((leg) => ({ ...context, ...leg })),
    transfers: transfers.map((transfer) => ({ ...context, ...transfer })),
  };
}

/** Events that came before the PBX's clock was known have the offset of the call's records, and their time. */
function onOneClock({ records, events }: CallParts): CallParts {
  const known = records[0]?.utcOffset ?? null;
  const aligned = alignEvents(records, events);
  return {
    records,
    events: aligned.map((event) => (event.utcOffset === null ? { ...event, utcOffset: known } : event)),
  };
}

/** By queue events where there are any; a visit whose end was not heard may be told by the caller's own records. */
function visitsOf(
  records: readonly CdrRecord[],
  events: readonly QueueEvent[],
  dialled: DialledChannels,
  heardAnswers: ReadonlyMap<string, number>,
  rules: CallRules
): BareVisit[] {
  const heard = visitsFromEvents(events, rules, records.length > 0);
  if (heard.length === 0) {
    return visitsFromRecords(
      records.filter((record) => !record.queueEventsHeard),
      dialled,
      heardAnswers
    );
  }
  if (!heard.some(isEndUnknown)) {
    return heard;
  }
  // A caller who is taken out of the queue leaves a record that is answered without a talk.
  const derived = visitsFromRecords(records, dialled, heardAnswers).filter(
    ({ visitOutcome, talkTime }) => visitOutcome === 'answered' && talkTime !== 0
  );
  return heard.map((visit, place) => {
    if (!isEndUnknown(visit)) {
      return visit;
    }
    const isSame = (other: BareVisit): boolean => stayKey(other) === stayKey(visit);
    const next = heard.find((other, after) => after > place && isSame(other))?.joinTime ?? Infinity;
    const end = derived.find((other) => isSame(other) && (other.leaveTime ?? 0) < next);
    return end ? { ...end, joinTime: visit.joinTime, utcOffset: visit.utcOffset } : withoutTaken(visit, events);
  });
}

/**
 * Asterisk counts a caller who is taken out of the queue into a bridge as abandoned, and sends no event of it (AMI Bridge,
 * seen on 22.10).
 */
function withoutTaken(visit: BareVisit, events: readonly QueueEvent[]): BareVisit {
  const isTaken = events.some(
    ({ name, uniqueId, at }) => name === 'BridgeEnter' && uniqueId === visit.uniqueId && at === visit.leaveTime
  );
  return isTaken ? { ...visit, visitOutcome: 'abandoned' } : visit;
}

const isEndUnknown = ({ visitOutcome }: BareVisit): boolean => visitOutcome === 'left';

/**
 * Stays of which the queue's own events say that a record's answer was none: the member hung up during the announcement
 * to him, or the caller left during it.
 */
function refutedStays(visits: readonly BareVisit[]): Set<string> {
  const answered = new Set(visits.filter(({ visitOutcome }) => visitOutcome === 'answered').map(stayKey));
  return new Set(visits.map(stayKey).filter((key) => !answered.has(key)));
}

/** `outcome` is null while the call goes on. */
function contextOf(
  records: readonly CdrRecord[],
  events: readonly QueueEvent[],
  span: CallSpan,
  visits: readonly BareVisit[],
  answers: readonly CdrRecord[],
  rules: CallRules
): CallContext {
  const first = records[0];
  if (!first) {
    return contextOfEvents(events, span, visits, rules);
  }
  const [startTime, endTime] = span;
  const custom = mergeCustom(records);
  const { direction } = directionRecord(records);
  return {
    ...verdictOf(records, visits, answers.length > 0),
    server: first.server,
    linkedId: first.linkedId,
    source: first.source,
    destination: first.destination,
    direction,
    accountCode: first.accountCode,
    did: didOf({ custom, destination: first.destination }),
    trunk: records.find(({ trunk }) => trunk !== '')?.trunk ?? '',
    // What an agent dials in a call from outside is a part of that call.
    callingAgent:
      direction === 'inbound' ? '' : (records.find(({ callingAgent }) => callingAgent !== '')?.callingAgent ?? ''),
    duration: startTime === null || endTime === null ? first.duration : Math.round((endTime - startTime) / 1000),
    utcOffset: first.utcOffset,
    custom,
  };
}

/**
 * By default a caller who gives up while no phone rings leaves no record (`unanswered = no` in cdr.conf): what the
 * queue's events say of him is all there is. A record that comes later takes their place.
 */
function contextOfEvents(
  events: readonly QueueEvent[],
  [startTime, endTime]: CallSpan,
  visits: readonly BareVisit[],
  rules: CallRules
): CallContext {
  const caller = events.find((event) => event.caller !== null)?.caller;
  const isAnswered = visits.some(({ visitOutcome }) => visitOutcome === 'answered');
  const verdict = isAnswered
    ? { outcome: 'answered' as const, disposition: 'ANSWERED' }
    : { outcome: 'abandoned' as const, disposition: 'NO ANSWER' };
  const ruled = caller
    ? ruledFields(
        {
          channel: caller.channel,
          destinationChannel: '',
          destinationContext: caller.context,
          source: caller.number,
          destination: caller.extension,
          accountCode: '',
          lastApplication: 'Queue',
          lastData: '',
          custom: {},
        },
        rules
      )
    : noCall;
  return {
    ...noCall,
    ...(caller && endTime !== null ? verdict : {}),
    server: events[0]?.server ?? '',
    linkedId: events[0]?.linkedId ?? '',
    source: caller?.number ?? '',
    destination: caller?.extension ?? '',
    direction: ruled.direction,
    did: ruled.did,
    trunk: ruled.trunk,
    callingAgent: ruled.callingAgent,
    duration: startTime === null || endTime === null ? 0 : Math.max(0, Math.round((endTime - startTime) / 1000)),
    utcOffset: visits[0]?.utcOffset ?? 0,
  };
}

/**
 * From the first joining to the last end; null while somebody waits or talks. A talk ends as its caller hangs up; of those
 * that only a queue_log told of, as the agent's part of it does.
 */
function spanOfVisits(visits: readonly BareVisit[], events: readonly QueueEvent[]): CallSpan {
  const hangups = new Map(events.filter(({ name }) => name === 'Hangup').map(({ uniqueId, at }) => [uniqueId, at]));
  const ends = visits.map((visit) =>
    visit.visitOutcome === 'answered' ? (hangups.get(visit.uniqueId) ?? readEnd(visit)) : visit.leaveTime
  );
  return [visits[0]?.joinTime ?? null, ends.length === 0 || ends.includes(null) ? null : ends.at(-1)!];
}

function readEnd({ imported, leaveTime, talkTime }: BareVisit): number | null {
  return imported && leaveTime !== null && talkTime !== null ? leaveTime + talkTime * 1000 : null;
}

function toCall(
  context: CallContext & { outcome: Outcome },
  [startTime, endTime]: CallSpan,
  records: readonly CdrRecord[],
  answers: readonly CdrRecord[],
  visits: readonly BareVisit[],
  rings: readonly Ring[],
  legs: readonly BareLeg[],
  transfers: readonly BareTransfer[],
  heardAnswers: ReadonlyMap<string, number>
): Call {
  const answeredVisits = visits.filter((visit) => visit.visitOutcome === 'answered');
  const answeredLegs = legs.filter((leg) => leg.answered).sort((a, b) => a.startTime - b.startTime);
  const agents = distinct([...answeredVisits, ...answeredLegs].sort(byAnswer).map(({ agent }) => agent));
  const answered = context.outcome === 'answered';
  const direct = answers.find((record) => record.queue === '') ?? answers[0];
  const queueAnswer = answeredVisits[0];
  const personAt = direct ? (heardAnswers.get(direct.destinationChannel) ?? null) : null;
  const early = direct ? secondsBefore(direct.answerTime, personAt) : 0;
  return {
    ...context,
    startTime,
    answerTime: answered ? (queueAnswer?.leaveTime ?? (early > 0 ? personAt : (direct?.answerTime ?? null))) : null,
    endTime,
    talkTime: answered ? talkTime(answers, visits, rings, heardAnswers) : 0,
    waitTime: visits.reduce((sum, visit) => sum + visit.waitTime, 0),
    ringTime: answered
      ? (answeredLegs[0]?.ringTime ?? (direct ? direct.duration - direct.billableSeconds + early : 0))
      : null,
    billableSeconds: records.reduce((most, record) => Math.max(most, record.billableSeconds), 0),
    queue: (queueAnswer ?? visits.at(-1))?.queue ?? '',
    queues: distinct(visits.map((visit) => visit.queue)),
    agent: agents[0] ?? '',
    agents,
    endedBy: answeredVisits.at(-1)?.endedBy ?? '',
    transfers: transfers.filter(isTransferred).length,
    records: records.length,
    linkedIdMapped: records[0]?.linkedIdMapped ?? true,
  };
}

/** Agents stand in the order in which they answered. */
function byAnswer(a: BareVisit | BareLeg, b: BareVisit | BareLeg): number {
  const at = (fact: BareVisit | BareLeg): number =>
    'leaveTime' in fact ? (fact.leaveTime ?? fact.joinTime) : fact.startTime + fact.ringTime * 1000;
  return at(a) - at(b);
}

/**
 * A queue visit's talk is that of its agent; all other talk stands in the records, also what goes on after the agent passed
 * the caller on. While the caller waits there is none, though a record may be answered by the dialplan before. What overlaps
 * counts once.
 * @param heardAnswers when `DialEnd` said that a channel was answered
 */
function talkTime(
  answers: readonly CdrRecord[],
  visits: readonly BareVisit[],
  rings: readonly Ring[],
  heardAnswers: ReadonlyMap<string, number>
): number {
  const waits = visits.flatMap(({ joinTime, leaveTime }): Span[] =>
    leaveTime === null ? [] : [[joinTime, leaveTime]]
  );
  const talks = [...visits.flatMap(spanOfDerived), ...rings.flatMap(spanOfRing)];
  const ofVisits = new Set(
    visits.flatMap((visit) => (visit.talkTime === null ? [] : `${stayKey(visit)}|${visit.agent}`))
  );
  const snapped = snapTo(talks);
  const spanOfTalk = ({ answerTime, billableSeconds, destinationChannel }: CdrRecord): Span => {
    const early = secondsBefore(answerTime, heardAnswers.get(destinationChannel) ?? null) * 1000;
    return snapped([answerTime! + early, answerTime! + billableSeconds * 1000]);
  };
  const other = answers.filter(
    (record) => record.answerTime !== null && !ofVisits.has(`${stayKey(record)}|${agentOfRecord(record)}`)
  );
  const direct = other.filter(({ queue }) => queue === '').map(spanOfTalk);
  const inQueues = other.filter(({ queue }) => queue !== '').map(spanOfTalk);
  return coveredSeconds([...talks, ...direct, ...withoutSpans(inQueues, waits)]);
}

const spanOfDerived = ({ derived, leaveTime, talkTime }: BareVisit): Span[] =>
  derived && leaveTime !== null && talkTime !== null ? [[leaveTime, leaveTime + talkTime * 1000]] : [];

const spanOfRing = ({ connectTime, leg }: Ring): Span[] =>
  connectTime === null || leg === null || leg.talkTime === null
    ? []
    : [[connectTime, connectTime + leg.talkTime * 1000]];

/** A custom field may be set on any leg: the first one that has it decides. Each visit and leg has a copy: the first fields do. */
function mergeCustom(records: readonly CdrRecord[]): Record<string, string> {
  const merged: Record<string, string> = {};
  let count = 0;
  for (const { custom } of records) {
    for (const [label, value] of Object.entries(custom)) {
      const isNew = !Object.hasOwn(merged, label);
      count += isNew ? 1 : 0;
      if (!isNew || count <= mostCustomFields) {
        merged[label] ||= value;
      }
    }
  }
  return merged;
}

function distinct(values: readonly string[]): string[] {
  return [...new Set(values.filter((value) => value !== ''))];
}

/** From the first start to the last end; null where no record tells. */
function spanOf(records: readonly CdrRecord[]): CallSpan {
  const least = (a: number | null, b: number | null): number | null => (a === null || (b !== null && b < a) ? b : a);
  const most = (a: number | null, b: number | null): number | null => (a === null || (b !== null && b > a) ? b : a);
  return [
    records.reduce<number | null>((start, { startTime }) => least(start, startTime), null),
    records.reduce<number | null>((end, { endTime }) => most(end, endTime), null),
  ];
}
