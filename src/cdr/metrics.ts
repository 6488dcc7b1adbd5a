import { percentileOf, type Distribution } from './distributions';
import { divide, formulaValue, measuresOfFormula, type Formula, type Terms } from './formula';
import type { Load } from './loads';
import type { Measure } from './measures';
import type { Totals } from './sum-facts';
import { erlangs } from './traffic';

export type ServiceLevelDefinition = (typeof serviceLevelDefinitions)[number];
/**
 * `offered`: answered within T / offered. `without-short-abandons`: the same, leaving out short abandons.
 * `asterisk`: SL of `queue show`, answered within T / answered. `asterisk2`: its SL2,
 * (answered + abandoned within T) / (answered + abandoned).
 */
export const serviceLevelDefinitions = ['offered', 'without-short-abandons', 'asterisk', 'asterisk2'] as const;

type Sums = Totals['sums'];

/** How one figure is made from sums. Null where there is nothing to take a rate of. */
export interface Metric {
  title: string;
  /** Grafana unit id. */
  unit: 'none' | 'percent' | 's' | 'suffix: E' | 'dateTimeAsIso';
  description: string;
  /** A count is zero where nothing happened; a rate or an average is null. `whole` is what a share is of, see `wholeSums`. */
  value: (totals: Totals, serviceLevel: ServiceLevelDefinition, whole: () => Sums) => number | null;
  /** The sums it reads, which tell the facts that a query must visit. */
  measures: readonly Measure[];
  /** Tells what the value is made of, where sums alone are enough. */
  formula?: (serviceLevel: ServiceLevelDefinition) => Formula;
  /** What it is a share of. */
  share?: Measure;
  /** Of which it is a percentile. */
  distribution?: Distribution;
  /** What goes on at the same time of which it is the most or the mean. */
  load?: { of: Load; isPeak: boolean };
}

/** What tells when agents were logged in, and whether all of that was heard. */
const presenceMeasures: readonly Measure[] = [
  'stretches',
  'loggedInSeconds',
  'pausedSeconds',
  'wrapUpSeconds',
  'firstSeen',
  'lastSeen',
  'handled',
  'handleSeconds',
  'queueTalkSeconds',
  'madeTalkSeconds',
];

const bySums = (title: string, unit: Metric['unit'], formula: Formula, description: string): Metric => ({
  title,
  unit,
  description,
  measures: measuresOfFormula(formula),
  formula: () => formula,
  value: ({ sums }) => formulaValue(formula, sums),
});

const count = (title: string, measure: Measure, description: string, unit: Metric['unit'] = 'none'): Metric =>
  bySums(title, unit, { part: { [measure]: 1 } }, description);

const ratio = (title: string, unit: 'percent' | 's', part: Measure, whole: Measure, description: string): Metric => {
  const per = { whole: { [whole]: 1 } as const, scale: unit === 'percent' ? (100 as const) : (1 as const) };
  return bySums(title, unit, { part: { [part]: 1 }, per }, description);
};

/** The share of all groups together that differ only in the last field that is grouped by. */
const share = (title: string, measure: Measure, what: string): Metric => ({
  title,
  unit: 'percent',
  description: `${what}, out of those of all values of the last field of By`,
  measures: [measure],
  share: measure,
  value: ({ sums }, _, whole) => divide(sums[measure], whole()[measure], 100),
});

/** Percentiles of the seconds of facts, which `counted` counts. */
const percentiles = <D extends Distribution>(distribution: D, title: string, counted: Measure, what: string) => {
  const at = (percent: number): Metric => ({
    title: `${title} p${percent}`,
    unit: 's',
    description: `${percent} % of ${what}`,
    measures: [counted],
    distribution,
    value: ({ distributions }) => percentileOf(distributions[distribution], percent),
  });
  return { [`${distribution}P50`]: at(50), [`${distribution}P90`]: at(90), [`${distribution}P95`]: at(95) } as Record<
    `${D}P${50 | 90 | 95}`,
    Metric
  >;
};

const peak = (title: string, load: Load, counted: Measure, description: string): Metric => ({
  title,
  unit: 'none',
  description,
  measures: [counted],
  load: { of: load, isPeak: true },
  value: ({ traffic }) => traffic[load]?.peak ?? null,
});

const mean = (title: string, unit: Metric['unit'], load: Load, counted: Measure, description: string): Metric => ({
  title,
  unit,
  description,
  measures: [counted],
  load: { of: load, isPeak: false },
  value: ({ traffic }) => (traffic[load] ? erlangs(traffic[load]) : null),
});

/** Of agents' presence; null where nobody was heard to be logged in. */
const presence = (
  title: string,
  unit: Metric['unit'],
  description: string,
  value: (totals: Totals) => number | null
): Metric => ({
  title,
  unit,
  description,
  measures: presenceMeasures,
  value: (totals) => (totals.sums.stretches === 0 ? null : value(totals)),
});

const percentOf = (whole: Terms): NonNullable<Formula['per']> => ({ whole, scale: 100 });

const serviceLevel: Record<ServiceLevelDefinition, Formula> = {
  offered: { part: { answeredWithin: 1 }, per: percentOf({ offered: 1 }) },
  'without-short-abandons': { part: { answeredWithin: 1 }, per: percentOf({ offered: 1, abandonedShort: -1 }) },
  asterisk: { part: { answeredWithin: 1 }, per: percentOf({ visitsAnswered: 1 }) },
  asterisk2: {
    part: { answeredWithin: 1, abandonedWithin: 1 },
    per: percentOf({ visitsAnswered: 1, visitsAbandoned: 1 }),
  },
};

/** Every figure of the product; docs/metrics.md has a paragraph for each. Ids are those of saved queries and columns. */
export const metrics = {
  totalCalls: count('Total calls', 'calls', 'Calls: all records that share a linked id'),
  totalCallsShare: share('Share of calls', 'calls', 'Calls'),
  answeredCalls: count('Answered calls', 'answered', 'Calls in which a person on another channel spoke'),
  missedCalls: count('Missed calls', 'missed', 'Calls that rang and nobody answered, outside queues'),
  abandonedCalls: count('Abandoned calls', 'abandoned', 'Calls that left a queue before an agent answered'),
  busyCalls: count('Busy calls', 'busy', 'Calls that met a busy party'),
  failedCalls: count('Failed calls', 'failed', 'Calls that failed or met congestion'),
  selfServedCalls: count('Self-served calls', 'selfServed', 'Calls answered by an application only'),
  answerRate: ratio('Answer rate', 'percent', 'answered', 'calls', 'Answered calls / total calls'),
  totalTalkTime: count('Total talk time', 'talkSeconds', 'Seconds of talk in answered calls', 's'),
  averageTalkTime: ratio('Average talk time', 's', 'talkSeconds', 'answered', 'Talk time / answered calls'),
  averageRingTime: ratio('Average ring time', 's', 'ringSeconds', 'answered', 'Ring time / answered calls'),
  ...percentiles('talkTime', 'Talk time', 'answered', 'answered calls talk at most this long'),
  ...percentiles('ringTime', 'Ring time', 'answered', 'answered calls ring at most this long'),
  peakConcurrentCalls: peak('Concurrent calls (peak)', 'calls', 'calls', 'Most calls at the same instant'),
  erlangs: mean(
    'Traffic (Erlangs)',
    'suffix: E',
    'calls',
    'calls',
    'Calls at the same time on average: seconds of all calls / seconds of the time'
  ),

  callsOffered: count('Calls offered', 'offered', 'Queue visits'),
  callsAnswered: count('Calls answered', 'visitsAnswered', 'Queue visits that an agent answered'),
  callsAbandoned: count('Calls abandoned', 'visitsAbandoned', 'Queue visits that ended before an agent answered'),
  callsOfferedShare: share('Share of calls offered', 'offered', 'Queue visits'),
  callsAnsweredShare: share('Share of calls answered', 'visitsAnswered', 'Answered queue visits'),
  callsAbandonedShare: share('Share of calls abandoned', 'visitsAbandoned', 'Abandoned queue visits'),
  abandonmentRate: ratio('Abandonment rate', 'percent', 'visitsAbandoned', 'offered', 'Abandoned / offered'),
  shortAbandons: count(
    'Short abandons',
    'abandonedShort',
    'Queue visits whose callers gave up within the threshold of short abandons'
  ),
  abandonmentRateWithoutShort: bySums(
    'Abandonment rate without short abandons',
    'percent',
    { part: { visitsAbandoned: 1, abandonedShort: -1 }, per: percentOf({ offered: 1, abandonedShort: -1 }) },
    'Abandoned / offered, short abandons left out of both'
  ),
  serviceLevelPct: {
    title: 'Service level',
    unit: 'percent',
    description: 'Share of queue visits answered within the threshold',
    measures: ['answeredWithin', 'abandonedWithin', 'abandonedShort', 'offered', 'visitsAnswered', 'visitsAbandoned'],
    formula: (definition) => serviceLevel[definition],
    value: ({ sums }, definition) => formulaValue(serviceLevel[definition], sums),
  },
  averageWaitTime: ratio(
    'Average wait time',
    's',
    'waitSeconds',
    'waits',
    'Hold time of answered and abandoned visits'
  ),
  averageSpeedOfAnswer: ratio(
    'Average speed of answer',
    's',
    'answeredWaitSeconds',
    'visitsAnswered',
    'Hold time of answered visits'
  ),
  longestWaitTime: bySums(
    'Longest wait time',
    's',
    { part: { longestWait: 1 }, ofAny: 'waits' },
    'Longest hold time of a queue visit'
  ),
  averageQueueTalkTime: ratio(
    'Average queue talk time',
    's',
    'visitTalkSeconds',
    'visitTalks',
    'Talk time of answered queue visits whose talk has ended'
  ),
  ...percentiles('waitTime', 'Wait time', 'waits', 'answered and abandoned visits wait at most this long'),
  ...percentiles(
    'answerTime',
    'Time to answer',
    'visitsAnswered',
    'answered visits are answered within this time, as the service level counts'
  ),
  ...percentiles(
    'queueTalkTime',
    'Queue talk time',
    'visitTalks',
    'answered visits whose talk has ended talk at most this long'
  ),
  peakQueueCalls: peak(
    'Concurrent queue calls (peak)',
    'queueCalls',
    'offered',
    'Most queue visits at the same instant, from joining to the end of the talk'
  ),
  queueErlangs: mean(
    'Queue traffic (Erlangs)',
    'suffix: E',
    'queueCalls',
    'offered',
    'Queue visits at the same time on average, from joining to the end of the talk'
  ),
  peakCallersWaiting: peak(
    'Callers waiting (peak)',
    'waitingCallers',
    'offered',
    'Most callers who wait in queues at the same instant'
  ),
  meanCallersWaiting: mean(
    'Callers waiting (mean)',
    'none',
    'waitingCallers',
    'offered',
    'Callers who wait in queues at the same time on average'
  ),

  callsHandled: count('Calls handled', 'handled', 'Calls that the agent answered'),
  callsHandledShare: share('Share of calls handled', 'handled', 'Calls handled'),
  ringNoAnswer: count('Ring no answer', 'notAnswered', 'Rings that the agent did not answer'),
  callsRefused: count('Calls refused', 'refused', 'Rings that the agent declined'),
  totalHandleTime: count('Total handle time', 'handleSeconds', 'Seconds of talk of the agent', 's'),
  averageHandleTime: ratio(
    'Average handle time',
    's',
    'handleSeconds',
    'handleTalks',
    'Talk time / calls handled whose talk has ended'
  ),
  ...percentiles(
    'handleTime',
    'Handle time',
    'handleTalks',
    'calls handled whose talk has ended take at most this long'
  ),

  transfers: count('Transfers', 'transfers', 'Calls that the agent passed on to a queue, a colleague or a number'),
  blindTransfers: count('Blind transfers', 'blindTransfers', 'Calls passed on without a word to the target'),
  attendedTransfers: count('Attended transfers', 'attendedTransfers', 'Calls passed on after the target was called'),
  transferRate: ratio('Transfer rate', 'percent', 'transfers', 'handled', 'Transfers / calls handled'),

  callsMade: count('Calls made', 'made', 'Calls that the agent made, out or to a colleague'),
  outboundCallsMade: count('Outbound calls made', 'madeOutbound', 'Calls out that the agent made'),
  callsMadeTalkTime: count(
    'Talk time of calls made',
    'madeTalkSeconds',
    'Seconds of talk in calls that the agent made',
    's'
  ),

  loggedInTime: presence(
    'Logged-in time',
    's',
    'Seconds as a reachable member of a queue',
    ({ sums }) => sums.loggedInSeconds
  ),
  wrapUpTime: presence(
    'Wrap-up time',
    's',
    'Seconds kept from calls to write up a talk',
    ({ sums }) => sums.wrapUpSeconds
  ),
  pausedTime: presence('Paused time', 's', 'Seconds paused in every queue', ({ sums }) => sums.pausedSeconds),
  idleTime: presence(
    'Idle time',
    's',
    'Seconds logged in, neither paused, talking nor in wrap-up',
    ({ sums, presentTalk = 0 }) =>
      Math.max(0, sums.loggedInSeconds - sums.pausedSeconds - sums.wrapUpSeconds - presentTalk)
  ),
  occupancy: presence('Occupancy', 'percent', 'Talk time / logged-in time', ({ sums, presentTalk = 0 }) =>
    divide(presentTalk, sums.loggedInSeconds, 100)
  ),
  firstLogIn: presence(
    'First log-in',
    'dateTimeAsIso',
    'When the agent was logged in first',
    ({ sums }) => sums.firstSeen
  ),
  lastLogOut: presence(
    'Last log-out',
    'dateTimeAsIso',
    'Until when the agent was logged in last',
    ({ sums }) => sums.lastSeen
  ),

  lostCallers: count(
    'Lost callers',
    'lostCallers',
    'Callers whom nobody answered, each telephone number once until it is reached'
  ),
  lostCallersWaiting: bySums(
    'Lost callers waiting',
    'none',
    { part: { lostCallers: 1, lostCalledBack: -1, lostCameThrough: -1 } },
    'Lost callers who neither came through nor were called back'
  ),
  lostCallersCalledBack: count('Lost callers called back', 'lostCalledBack', 'Lost callers who were called back'),
  lostCallersCameThrough: count(
    'Lost callers who came through',
    'lostCameThrough',
    'Lost callers who called again and were answered'
  ),
  lostCallersReachedRate: bySums(
    'Lost callers reached',
    'percent',
    { part: { lostCalledBack: 1, lostCameThrough: 1 }, per: percentOf({ lostCallers: 1 }) },
    'Lost callers who came through or were called back, out of all lost callers'
  ),
  averageTimeToCallBack: ratio(
    'Average time to call back',
    's',
    'callBackSeconds',
    'lostCalledBack',
    'Seconds from the last try of a lost caller to the call that called back'
  ),
  longestLostWait: count(
    'Longest wait of a lost caller',
    'longestLost',
    'Seconds since the last try of the lost caller who waits longest',
    's'
  ),
  lostCallsWithheld: count(
    'Lost calls of withheld numbers',
    'lostWithheld',
    'Unanswered calls from withheld numbers, which nobody can call back'
  ),
  repeatCalls: count(
    'Repeated calls',
    'repeatCalls',
    'Calls from outside by a number that called within the days before'
  ),
  repeatCallRate: ratio(
    'Repeated calls rate',
    'percent',
    'repeatCalls',
    'contacts',
    'Repeated calls / calls from outside whose number is known'
  ),
  firstContactResolution: ratio(
    'First-contact resolution',
    'percent',
    'resolvedContacts',
    'decidedContacts',
    'Answered calls from outside without another call of the same number within the days after'
  ),

  recordCount: count('CDR records', 'records', 'CDR records, which are not calls'),
} as const satisfies Record<string, Metric>;

export type MetricId = keyof typeof metrics;
export const metricIds = Object.keys(metrics) as MetricId[];

/** Null for figures that are not of what goes on at the same time. */
export function loadOf(id: MetricId): NonNullable<Metric['load']> | null {
  const { load }: Metric = metrics[id];
  return load ?? null;
}

/** Whether a figure is a share, an average or a percentile: of one call or two it says little. */
export function needsManyCalls(id: MetricId): boolean {
  const { unit, distribution, formula } = metrics[id] as Metric;
  return unit === 'percent' || distribution !== undefined || formula?.('offered').per !== undefined;
}
