import { isTransferred, type AgentLeg, type QueueVisit, type Transfer } from './call';
import type { CdrRecord } from './record';
import type { StoredCall } from './stored-call';
import { mention, sentence, type Mention, type Sentence } from '../sentences/sentence';

/** What can happen to a call, in the order of what happens at the same moment. */
export const journeySteps = [
  'began',
  'dialplan',
  'application',
  'voicemail',
  'blind transfer',
  'attended transfer',
  'transfer failed',
  'parked',
  'joined queue',
  'rang',
  'connected',
  'abandoned',
  'left queue',
  'ended',
] as const;

/** One step of a call's way through the PBX. */
export interface JourneyStep {
  /** Epoch milliseconds. */
  time: number;
  step: (typeof journeySteps)[number];
  /** Number, queue or agent whom the step leads from (who called) or to (a transfer); empty for the others. */
  party: string;
  queue: string;
  /** Agent who called, rang, talked or transferred. */
  agent: string;
  /** How long it took: a wait, a ringing, a talk, the whole call. Null for a moment, and for what goes on. */
  seconds: number | null;
  /** What there is to say besides, one after the other. */
  detail: ReadonlyArray<Sentence | Mention>;
}

/** Whole seconds, and an event may come a moment after its record's second. Milliseconds. */
const slack = 2_000;
/** Applications that lead to somebody, whom legs and visits tell of, or that are nothing to the caller. */
const leading: ReadonlySet<string> = new Set([
  ...[
    '',
    'AppDial',
    'AppDial2',
    'AppQueue',
    'Bridge',
    'BridgeWait',
    'Dial',
    'FollowMe',
    'Hangup',
    'Park',
    'ParkedCall',
  ],
  ...['Pickup', 'Queue'],
]);

/** A call's way through the PBX, step by step in order of time: from what is stored of it. */
export function journeyOf({ assembled, parts }: StoredCall): JourneyStep[] {
  const { visits, legs, transfers } = assembled;
  const steps = [
    ...parts.records.flatMap(applicationStep),
    ...visits.flatMap((visit) => visitSteps(visit, parts)),
    ...legs.map((leg) => legStep(leg, visits, parts.records)),
    ...transfers.map((transfer) => transferStep(transfer, legs)),
  ].sort(inOrder);
  return [...beginning(assembled, steps[0]?.time, parts), ...steps, ...ending(assembled, steps.at(-1)?.time, parts)];
}

function inOrder(a: JourneyStep, b: JourneyStep): number {
  return a.time - b.time || journeySteps.indexOf(a.step) - journeySteps.indexOf(b.step);
}

const bare = { party: '', queue: '', agent: '', seconds: null, detail: [] };

/** Who called whom, and what the dialplan did with him until somebody rang or he was in a queue. */
function beginning(
  { call, visits, legs }: StoredCall['assembled'],
  firstStep: number | undefined,
  { records, events }: StoredCall['parts']
): JourneyStep[] {
  const first = call ?? visits[0];
  const time = call?.startTime ?? visits[0]?.joinTime ?? null;
  if (!first || time === null) {
    return [];
  }
  const { source, did, destination, trunk, callingAgent } = first;
  const dialled = did || destination;
  const detail = [
    ...(dialled ? [sentence('journey.to-number', { number: mention('did', dialled) })] : []),
    ...(trunk ? [sentence('journey.through', { trunk: mention('trunk', trunk) })] : []),
  ];
  const began: JourneyStep = { ...bare, time, step: 'began', party: source, agent: callingAgent, detail };
  const reached = legs.reduce((least, { startTime }) => Math.min(least, startTime), firstStep ?? time);
  const seconds = Math.floor((reached - time) / 1000);
  if (seconds < 1) {
    return [began];
  }
  const joined = events.find(({ caller }) => caller !== null)?.caller;
  const way = joined?.context ?? records[0]?.destinationContext ?? '';
  const context = way === '' ? [] : [sentence('journey.context', { context: mention('destinationContext', way) })];
  return [began, { ...bare, time, step: 'dialplan', seconds, detail: context }];
}

/** By whom it ended is known where the last talk was in a queue and Asterisk says so. */
function ending(
  { call, transfers }: StoredCall['assembled'],
  lastStep: number | undefined,
  { events }: StoredCall['parts']
): JourneyStep[] {
  const { endTime } = call ?? { endTime: null };
  if (!call || endTime === null) {
    return [];
  }
  const by = events.findLast(({ endedBy, at }) => endedBy !== '' && Math.abs(at - endTime) <= slack)?.endedBy;
  const count = transfers.filter(isTransferred).length;
  const detail = [
    sentence('journey.outcome', { outcome: call.outcome }),
    ...(count === 0 ? [] : [sentence('journey.transferred', { count })]),
    ...(by === 'caller' || by === 'agent' ? [sentence(`journey.hung-up.${by}`)] : []),
  ];
  // Records have whole seconds, events what is within them.
  const time = Math.max(endTime, lastStep ?? endTime);
  return [{ ...bare, time, step: 'ended', seconds: call.duration, detail }];
}

function applicationStep(record: CdrRecord): JourneyStep[] {
  const { startTime, lastApplication, lastData, duration, destinationContext } = record;
  const isParked = lastApplication === 'Park';
  if (startTime === null || record.destinationChannel !== '' || (leading.has(lastApplication) && !isParked)) {
    return [];
  }
  const step = isParked ? 'parked' : lastApplication.startsWith('VoiceMail') ? 'voicemail' : 'application';
  const data = mention('lastData', lastData);
  const context = mention('destinationContext', destinationContext);
  const detail = isParked ? data : sentence('journey.application', { application: lastApplication, data, context });
  return [{ ...bare, time: startTime, step, seconds: duration, detail: [detail] }];
}

function visitSteps(visit: QueueVisit, { events }: StoredCall['parts']): JourneyStep[] {
  const { queue, joinTime, leaveTime, visitOutcome, waitTime } = visit;
  const join = events.find(
    ({ name, uniqueId, at, queue: joined }) =>
      name === 'QueueCallerJoin' && joined === queue && uniqueId === visit.uniqueId && at === joinTime
  );
  const position = join?.position ?? null;
  const seconds = leaveTime === null ? null : waitTime;
  const detail = position === null ? [] : [sentence('journey.position', { position })];
  const joined: JourneyStep = { ...bare, time: joinTime, step: 'joined queue', queue, seconds, detail };
  if (leaveTime === null || (visitOutcome !== 'abandoned' && visitOutcome !== 'left')) {
    return [joined];
  }
  const step = visitOutcome === 'left' ? 'left queue' : visitOutcome;
  return [
    joined,
    { ...bare, time: leaveTime, step, queue, detail: [sentence('journey.after', { seconds: waitTime })] },
  ];
}

function legStep(leg: AgentLeg, visits: readonly QueueVisit[], records: readonly CdrRecord[]): JourneyStep {
  const { agent, queue, startTime, ringTime, talkTime } = leg;
  if (!leg.answered) {
    const isBusy = records.some(
      (record) =>
        record.agent === agent &&
        record.disposition === 'BUSY' &&
        Math.abs((record.startTime ?? 0) - startTime) <= slack
    );
    const detail = [sentence(isBusy ? 'journey.busy' : 'journey.no-answer')];
    return { ...bare, time: startTime, step: 'rang', queue, agent, seconds: Math.round(ringTime), detail };
  }
  const time = talkStart(leg);
  const visit = visits.find(
    (one) => one.queue === queue && one.agent === agent && Math.abs((one.leaveTime ?? 0) - time) <= slack
  );
  const detail = visit
    ? sentence('journey.after-wait', { seconds: visit.waitTime })
    : sentence('journey.after-ringing', { seconds: Math.round(ringTime) });
  return { ...bare, time, step: 'connected', queue, agent, seconds: talkTime, detail: [detail] };
}

/** With the talk before and after it, each part of which is that of the agent who talked. */
function transferStep(transfer: Transfer, legs: readonly AgentLeg[]): JourneyStep {
  const { kind, transferTime: time, transferTarget, agent, queue, result, derived } = transfer;
  const target = targetSentence(transfer);
  const own = { ...bare, time, party: transferTarget, queue, agent };
  if (!isTransferred(transfer)) {
    const failed = [sentence(`journey.failed.${kind}`), sentence('journey.result', { target, result })];
    return { ...own, step: 'transfer failed', detail: failed };
  }
  const talks = legs.filter(({ answered }) => answered);
  const isBefore = (leg: AgentLeg): boolean => talkStart(leg) + (leg.talkTime ?? Infinity) * 1000 <= time + slack;
  const talked = (some: readonly AgentLeg[]): number => some.reduce((sum, { talkTime }) => sum + (talkTime ?? 0), 0);
  const [before, after] = [talked(talks.filter(isBefore)), talked(talks.filter((leg) => !isBefore(leg)))];
  const talk = sentence('journey.talk', { before, after });
  const detail = [target, talk, ...(derived ? [sentence('journey.derived')] : [])];
  return { ...own, step: `${kind} transfer`, detail };
}

function targetSentence({ targetKind, transferTarget }: Transfer): Sentence {
  return targetKind === 'unknown'
    ? sentence('journey.to-target.unknown')
    : sentence(`journey.to-target.${targetKind}`, { target: mention(fieldOfTarget[targetKind], transferTarget) });
}

/** The columns whose values targets are. */
const fieldOfTarget = { agent: 'agent', queue: 'queue', number: 'destination' } as const;

function talkStart({ startTime, ringTime }: AgentLeg): number {
  return startTime + Math.round(ringTime * 1000);
}
