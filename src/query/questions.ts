import { migrateQuery } from './migrate-query';
import type { SavedQuery } from './model';

export type QuestionId =
  | 'records'
  | 'calls'
  | 'callsOverTime'
  | 'answerRate'
  | 'abandonment'
  | 'agents'
  | 'pauses'
  | 'shifts'
  | 'queues'
  | 'hourly'
  | 'waits'
  | 'waitBands'
  | 'busyHours'
  | 'concurrentCalls'
  | 'busiestHours'
  | 'serviceLevel'
  | 'lostCallers'
  | 'repeatedCallers'
  | 'transfers'
  | 'journey'
  | 'queueStatus'
  | 'agentStatus'
  | 'callsNow'
  | 'callersWaiting'
  | 'servers'
  | 'annotations'
  | 'custom';

/** One entry of the editor's question picker: a form that the saved query takes when it is picked. */
export interface Question {
  id: QuestionId;
  label: string;
  description: string;
  /** What picking the question sets; filters, limits and the rest stay as they were. */
  preset: Readonly<Omit<SavedQuery, 'refId'>>;
}

/** In the order of the picker. `custom` has no figures of its own: it opens those of the question before it. */
export const questions: readonly Question[] = [
  {
    id: 'calls',
    label: 'Calls',
    description: 'One row per call, however many CDRs it produced',
    preset: { queryType: 'calls' },
  },
  {
    id: 'records',
    label: 'Call records',
    description: 'The CDR records as the PBX wrote them',
    preset: { queryType: 'records' },
  },
  {
    id: 'callsOverTime',
    label: 'Calls over time',
    description: 'Total, answered and missed calls, over time',
    preset: {
      queryType: 'statistics',
      metrics: ['totalCalls', 'answeredCalls', 'missedCalls'],
      groupBy: [],
      format: 'timeseries',
    },
  },
  {
    id: 'answerRate',
    label: 'Answer rate',
    description: 'Answered calls out of all calls, over time',
    preset: { queryType: 'statistics', metrics: ['answerRate'], groupBy: [], format: 'timeseries' },
  },
  {
    id: 'abandonment',
    label: 'Abandonment',
    description: 'Queue callers who gave up before an agent answered, over time',
    preset: { queryType: 'statistics', metrics: ['abandonmentRate'], groupBy: [], format: 'timeseries' },
  },
  {
    id: 'serviceLevel',
    label: 'Service level',
    description: 'Queue callers answered within the threshold, over time',
    preset: { queryType: 'statistics', metrics: ['serviceLevelPct'], groupBy: [], format: 'timeseries' },
  },
  {
    id: 'agents',
    label: 'Agents',
    description: 'One row per agent: calls handled, unanswered, refused and made, talk time and time logged in',
    preset: {
      queryType: 'statistics',
      metrics: [
        'callsHandled',
        'ringNoAnswer',
        'callsRefused',
        'totalHandleTime',
        'averageHandleTime',
        'callsMade',
        'callsMadeTalkTime',
        'loggedInTime',
        'pausedTime',
        'wrapUpTime',
        'idleTime',
        'occupancy',
      ],
      groupBy: ['agent'],
      format: 'table',
    },
  },
  {
    id: 'pauses',
    label: 'Pauses',
    description: 'Paused time of each agent by reason',
    preset: {
      queryType: 'statistics',
      metrics: ['pausedTime'],
      groupBy: ['agent', 'pauseReason'],
      format: 'table',
    },
  },
  {
    id: 'shifts',
    label: 'Log-ins by day',
    description: 'One row per agent and day: first log-in, last log-out, and how the time between was spent',
    preset: {
      queryType: 'statistics',
      metrics: ['firstLogIn', 'lastLogOut', 'loggedInTime', 'pausedTime', 'wrapUpTime', 'idleTime', 'occupancy'],
      groupBy: ['day', 'agent'],
      format: 'table',
    },
  },
  {
    id: 'queues',
    label: 'Queues',
    description: 'One row per queue: offered, answered, abandoned, waits and service level',
    preset: {
      queryType: 'statistics',
      metrics: [
        'callsOffered',
        'callsAnswered',
        'callsAbandoned',
        'abandonmentRate',
        'serviceLevelPct',
        'averageWaitTime',
        'longestWaitTime',
      ],
      groupBy: ['queue'],
      format: 'table',
    },
  },
  {
    id: 'hourly',
    label: 'Hourly',
    description: 'One row per hour of the day: total, answered and missed calls',
    preset: {
      queryType: 'statistics',
      metrics: ['totalCalls', 'answeredCalls', 'missedCalls', 'answerRate'],
      groupBy: ['hourOfDay'],
      format: 'table',
    },
  },
  {
    id: 'waits',
    label: 'Waits',
    description: 'How long half, 90 and 95 % of the queue callers wait at most, over time',
    preset: {
      queryType: 'statistics',
      metrics: ['waitTimeP50', 'waitTimeP90', 'waitTimeP95'],
      groupBy: [],
      format: 'timeseries',
    },
  },
  {
    id: 'waitBands',
    label: 'Waits by band',
    description: 'Queue callers by how long they wait: 0 to 10, 20, 30, 60, 120 s and longer',
    preset: {
      queryType: 'statistics',
      metrics: ['callsAnswered', 'callsAbandoned'],
      groupBy: ['waitBand'],
      format: 'table',
    },
  },
  {
    id: 'busyHours',
    label: 'Busy hours',
    description: 'Calls by hour and weekday, for the heat map and for a table with colors',
    preset: {
      queryType: 'statistics',
      metrics: ['totalCalls'],
      groupBy: ['hourOfDay', 'dayOfWeek'],
      format: 'heatmap',
    },
  },
  {
    id: 'concurrentCalls',
    label: 'Concurrent calls',
    description: 'Calls at the same time, over time: the most at one instant, and on average (Erlangs)',
    preset: {
      queryType: 'statistics',
      metrics: ['peakConcurrentCalls', 'erlangs'],
      groupBy: [],
      format: 'timeseries',
    },
  },
  {
    id: 'busiestHours',
    label: 'Busiest hours',
    description: 'One row per day: the 60 minutes with the most calls at the same time on average',
    preset: { queryType: 'busiestHours' },
  },
  {
    id: 'lostCallers',
    label: 'Lost callers',
    description: 'Who called and reached nobody, whether they were called back or came through, and who still waits',
    preset: { queryType: 'lostCallers' },
  },
  {
    id: 'repeatedCallers',
    label: 'Repeated callers',
    description:
      'One row per number that calls again within some days: how often, first and last, which queues and agents',
    preset: { queryType: 'repeatedCallers' },
  },
  {
    id: 'transfers',
    label: 'Transfers',
    description: 'One row per agent: calls transferred blind and after asking, and their share of the calls handled',
    preset: {
      queryType: 'statistics',
      metrics: ['transfers', 'blindTransfers', 'attendedTransfers', 'transferRate'],
      groupBy: ['agent'],
      format: 'table',
    },
  },
  {
    id: 'journey',
    label: 'Journey of a call',
    description:
      'One row per step of one call: dialplan, queues, rings, talks, transfers and its end. Filter by its linked ID',
    preset: { queryType: 'journey' },
  },
  {
    id: 'queueStatus',
    label: 'Queues now',
    description: 'Callers who wait and agents who are free, at this moment',
    preset: { queryType: 'queueStatus', live: true },
  },
  {
    id: 'agentStatus',
    label: 'Agents now',
    description:
      'One row per agent: free, ringing, on a call, in wrap-up or paused, for what and since when, at this moment',
    preset: { queryType: 'agentStatus', live: true },
  },
  {
    id: 'callsNow',
    label: 'Calls now',
    description: 'One row per call in progress, or how many there are: ringing, waiting, talking, on hold',
    preset: { queryType: 'callsNow', live: true },
  },
  {
    id: 'callersWaiting',
    label: 'Callers waiting',
    description: 'One row per caller in a queue: position, number, wait, and whose phones ring',
    preset: { queryType: 'callersWaiting', live: true },
  },
  {
    id: 'servers',
    label: 'PBX status',
    description: 'One row per PBX: whether it is heard, and how far its clock is off',
    preset: { queryType: 'servers' },
  },
  {
    id: 'annotations',
    label: 'Gaps and restarts',
    description: 'When calls may be missing, when a PBX restarted, and bursts of missed calls',
    preset: { queryType: 'annotations' },
  },
  {
    id: 'custom',
    label: 'Custom statistics',
    description: 'Any figures, by any groups',
    preset: { queryType: 'statistics' },
  },
];

/** What a new query asks in Explore. */
export const defaultQuery: Readonly<Omit<SavedQuery, 'refId'>> = { queryType: 'calls' };

/** What a new panel or alert rule asks: rows of calls would make no graph. */
export const firstPanelQuery: Readonly<Omit<SavedQuery, 'refId'>> = questions.find(
  ({ id }) => id === 'callsOverTime'
)!.preset;

export function questionById(id: QuestionId): Question {
  return questions.find((question) => question.id === id)!;
}

/**
 * The question that a saved query asks: its kind, figures and groups decide, in whatever format and with whatever
 * filters; `custom` for statistics that no other question has.
 */
export function questionOf(query: Omit<SavedQuery, 'refId'>): QuestionId {
  const { queryType } = migrateQuery(query);
  const asked = questions.find(
    ({ preset }) =>
      preset.queryType === queryType &&
      (queryType !== 'statistics' ||
        (sameList(preset.metrics, query.metrics) && sameList(preset.groupBy, query.groupBy)))
  );
  return asked?.id ?? 'custom';
}

function sameList(a: readonly string[] = [], b: readonly string[] = []): boolean {
  return a.length === b.length && a.every((item, index) => item === b[index]);
}
