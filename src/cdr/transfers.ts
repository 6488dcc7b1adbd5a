import type { Transfer, WithoutCall } from './call';
import type { CallRules } from './call-rules';
import type { DialledChannels } from './dialled-channels';
import type { Handover } from './handover';
import { handoversFromEvents, tellsTransfers } from './handovers-from-events';
import { handoversFromRecords } from './handovers-from-records';
import type { BareLeg } from './legs-from-events';
import type { QueueEvent } from './queue-event';
import type { CdrRecord } from './record';
import type { BareVisit } from './visits-from-events';

/** What a transfer is before its call is known. */
export type BareTransfer = WithoutCall<Transfer>;

/** What else is known of the call. */
export interface AroundTransfers {
  records: readonly CdrRecord[];
  events: readonly QueueEvent[];
  visits: readonly BareVisit[];
  legs: readonly BareLeg[];
  dialled: DialledChannels;
  rules: CallRules;
}

type Target = Pick<Transfer, 'transferTarget' | 'targetKind'>;

/** Whole seconds, and an event may come a moment after its record's second. Milliseconds. */
const slack = 2_000;

/** Transfers of one call, in order of time: by events, and by records where events could not have told all of them. */
export function transfersOf(around: AroundTransfers): BareTransfer[] {
  const { events, records, dialled, rules } = around;
  const told = handoversFromEvents(events, records, rules);
  const ends = [...told, ...events.filter(({ endedBy }) => endedBy === 'agent' || endedBy === 'caller')];
  // Records of a consultation by a feature code are cut where it begins, seconds before the transfer.
  const isTold = ({ at, agent }: Handover): boolean =>
    ends.some((end) => Math.abs(end.at - at) <= slack) ||
    told.some((one) => one.kind === 'attended' && one.agent === agent && one.at > at);
  const derived = tellsTransfers(events)
    ? []
    : handoversFromRecords(records, dialled, rules).filter((one) => !isTold(one));
  return [...told, ...derived]
    .sort((a, b) => a.at - b.at)
    .map((handover, place, all) => toTransfer(handover, all[place + 1]?.at ?? Infinity, around));
}

function toTransfer(handover: Handover, until: number, around: AroundTransfers): BareTransfer {
  const { kind, at, extension, result, derived, utcOffset } = handover;
  const isBefore = (leg: BareLeg): boolean =>
    leg.answered &&
    talkStart(leg) <= at &&
    (handover.agent === '' ? talkEnd(leg) >= at - slack : leg.agent === handover.agent);
  const before = around.legs
    .filter(isBefore)
    .reduce<BareLeg | null>((last, leg) => (last && last.startTime > leg.startTime ? last : leg), null);
  const isFailed = result !== 'Success';
  const target = kind === 'blind' ? blindTarget : attendedTarget;
  return {
    kind,
    transferTime: at,
    agent: handover.agent || (before?.agent ?? ''),
    queue: before?.queue ?? '',
    extension,
    ...(isFailed ? numberOf(extension) : target(handover, until, before, around)),
    result,
    endedBy: before && before.queue !== '' && !isFailed ? 'transfer' : '',
    utcOffset,
    derived,
  };
}

/** Where the caller came to next: the first queue that he joined or phone that rang for him, before the next transfer. */
function blindTarget(
  { at, agent, extension }: Handover,
  until: number,
  before: BareLeg | null,
  { visits, legs }: AroundTransfers
): Target {
  const isAfter = (time: number): boolean => time >= at - slack && time < until;
  // The stay that ended in the talk before may be as short.
  const own = visits.findLast(
    (visit) => visit.agent !== '' && visit.agent === (before?.agent ?? agent) && (visit.leaveTime ?? Infinity) <= at
  );
  const visit = visits.find((one) => one !== own && isAfter(one.joinTime));
  const leg = legs
    .filter((one) => one !== before && one.queue === '' && isAfter(one.startTime))
    .reduce<BareLeg | null>((first, one) => (first && first.startTime <= one.startTime ? first : one), null);
  if (visit && (!leg || visit.joinTime <= leg.startTime + slack)) {
    return { transferTarget: visit.queue, targetKind: 'queue' };
  }
  return leg ? { transferTarget: leg.agent, targetKind: 'agent' } : numberOf(extension);
}

/** Whom the agent had consulted: the queue that he called for it, or the one who answered him. */
function attendedTarget(
  { at, agent, extension, targetChannel, consultUniqueId }: Handover,
  _: number,
  before: BareLeg | null,
  { visits, events, legs, rules }: AroundTransfers
): Target {
  const consulted = new Set([consultUniqueId, ...joinedBy(events, otherHalf(targetChannel))]);
  const visit = visits.find(({ uniqueId, joinTime }) => consulted.has(uniqueId) && joinTime <= at + slack);
  if (visit) {
    return { transferTarget: visit.queue, targetKind: 'queue' };
  }
  const isTalking = (leg: BareLeg): boolean =>
    leg.answered && leg !== before && leg.agent !== agent && talkStart(leg) <= at + slack && talkEnd(leg) > at;
  const known = rules.agent(targetChannel) || (legs.some((leg) => leg.agent === extension) ? extension : '');
  // Asterisk leaves the target out where its Local channel is being optimized away.
  const talk = known === '' && extension === '' ? legs.find(isTalking) : undefined;
  if (talk && talk.queue !== '') {
    return { transferTarget: talk.queue, targetKind: 'queue' };
  }
  const found = known || (talk?.agent ?? '');
  return found === '' ? numberOf(extension) : { transferTarget: found, targetKind: 'agent' };
}

function numberOf(extension: string): Target {
  return { transferTarget: extension, targetKind: extension === '' ? 'unknown' : 'number' };
}

/** Ids of a channel by which somebody joined a queue. */
function joinedBy(events: readonly QueueEvent[], channel: string): string[] {
  return channel === ''
    ? []
    : events.filter(({ caller }) => caller?.channel === channel).map(({ uniqueId }) => uniqueId);
}

/** What goes on behind a Local channel; empty for another one. */
function otherHalf(channel: string): string {
  return channel.endsWith(';1') ? `${channel.slice(0, -1)}2` : '';
}

function talkStart({ startTime, ringTime }: BareLeg): number {
  return startTime + ringTime * 1000 - slack;
}

function talkEnd(leg: BareLeg): number {
  return leg.talkTime === null ? Infinity : leg.startTime + (leg.ringTime + leg.talkTime) * 1000;
}
