import type { SavedQuery } from '../src/query/model';

/** A question of a year, as a panel saves it. */
export interface FigureQuestion {
  title: string;
  /** The last days of the year that are asked; all where left out. */
  days?: number;
  query: Omit<SavedQuery, 'refId'>;
}

const topTen = (field: 'trunk' | 'did' | 'source'): FigureQuestion => ({
  title: `top 10 by ${field}`,
  query: { queryType: 'statistics', metrics: ['totalCalls', 'answerRate'], groupBy: [field], top: 10 },
});

/** Distributions and ways to cut that dashboards show of a day, asked of a year. */
export const figureQuestions: readonly FigureQuestion[] = [
  {
    title: 'wait time percentiles per day',
    query: {
      queryType: 'statistics',
      metrics: ['waitTimeP50', 'waitTimeP90', 'waitTimeP95'],
      format: 'timeseries',
      interval: '1d',
    },
  },
  {
    title: 'talk time percentiles by agent',
    query: { queryType: 'statistics', metrics: ['handleTimeP50', 'handleTimeP90'], groupBy: ['agent'] },
  },
  {
    title: 'queue visits by wait time band',
    query: { queryType: 'statistics', metrics: ['callsAnswered', 'callsAbandoned'], groupBy: ['queue', 'waitBand'] },
  },
  {
    title: 'heat map of hours and weekdays',
    query: {
      queryType: 'statistics',
      metrics: ['totalCalls'],
      groupBy: ['hourOfDay', 'dayOfWeek'],
      format: 'heatmap',
    },
  },
  topTen('trunk'),
  topTen('did'),
  topTen('source'),
  {
    title: 'calls in and out of hours',
    query: { queryType: 'statistics', metrics: ['totalCalls', 'answerRate'], groupBy: ['businessHours'] },
  },
  {
    title: 'calls out of hours per day',
    query: {
      queryType: 'statistics',
      metrics: ['totalCalls'],
      filters: { businessHours: ['out of hours'] },
      format: 'timeseries',
      interval: '1d',
    },
  },
  {
    title: 'callers who waited over a minute, by queue',
    query: { queryType: 'statistics', metrics: ['callsOffered'], groupBy: ['queue'], filters: { minWaitTime: 61 } },
  },
  {
    title: 'talks by who ended them',
    query: { queryType: 'statistics', metrics: ['callsHandled', 'averageHandleTime'], groupBy: ['endedBy'] },
  },
  {
    title: 'lost callers by queue, 30 days',
    days: 30,
    query: {
      queryType: 'statistics',
      metrics: ['lostCallers', 'lostCallersReachedRate', 'averageTimeToCallBack'],
      groupBy: ['queue'],
    },
  },
  { title: 'list of lost callers, 1 day', days: 1, query: { queryType: 'lostCallers' } },
  { title: 'list of repeated callers, 30 days', days: 30, query: { queryType: 'repeatedCallers' } },
  {
    title: 'first-contact resolution by agent, 30 days',
    days: 30,
    query: { queryType: 'statistics', metrics: ['firstContactResolution', 'repeatCallRate'], groupBy: ['agent'] },
  },
  {
    title: 'most calls at the same time per day',
    query: { queryType: 'statistics', metrics: ['peakConcurrentCalls'], format: 'timeseries', interval: '1d' },
  },
  {
    title: 'most calls at the same time by trunk, 30 days',
    days: 30,
    query: { queryType: 'statistics', metrics: ['peakConcurrentCalls', 'erlangs'], groupBy: ['trunk'] },
  },
  {
    title: 'Erlangs per hour, 30 days',
    days: 30,
    query: { queryType: 'statistics', metrics: ['erlangs'], format: 'timeseries', interval: '1h' },
  },
  { title: 'busiest hours, 30 days', days: 30, query: { queryType: 'busiestHours' } },
  {
    title: 'transfers by agent and target',
    query: {
      queryType: 'statistics',
      metrics: ['transfers', 'blindTransfers', 'attendedTransfers'],
      groupBy: ['agent', 'transferTarget'],
    },
  },
  {
    title: 'pauses by agent and reason, 30 days',
    days: 30,
    query: { queryType: 'statistics', metrics: ['pausedTime'], groupBy: ['agent', 'pauseReason'] },
  },
  {
    title: 'occupancy, idle time and log-ins by agent, 7 days',
    days: 7,
    query: {
      queryType: 'statistics',
      metrics: ['callsHandled', 'callsMade', 'loggedInTime', 'pausedTime', 'idleTime', 'occupancy', 'firstLogIn'],
      groupBy: ['agent'],
    },
  },
];

/** All that happened in one call, given its id. */
export const journeyOf = (linkedId: string): FigureQuestion => ({
  title: 'journey of a call',
  query: { queryType: 'journey', filters: { linkedId: [linkedId] } },
});
