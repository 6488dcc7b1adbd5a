import { day, year } from './year';

/** A question that people ask, in the three ways that are compared. Each is asked of the range that ends with the year. */
export interface Question {
  title: string;
  /** Milliseconds before the end of the year. */
  span: number;
  /** As a panel saves it. */
  query: object;
  /** As it is written today on `asteriskcdrdb.cdr`; the range is `:from` up to `:to`, times of the PBX. */
  mariadb: string;
  /** The least that DuckDB has to do for it; the range is `$from` up to `$to`, epoch milliseconds. */
  bare: string;
  /** Columns of the first two that mean the same; those of `key` tell the rows apart. */
  key: string[];
  figures: string[];
  /** Under so many milliseconds. */
  target: number;
  /** The same in PostgreSQL, where it is another. */
  postgresTarget?: number;
  /** So many times as fast as MariaDB at least. */
  timesMariadb?: number;
}

const answeredByPerson = `disposition = 'ANSWERED' AND dstchannel <> '' AND dstchannel NOT LIKE 'Local/%'`;
const inRange = 'calldate >= :from AND calldate < :to';

export const questions: readonly Question[] = [
  {
    title: 'answer rate per hour of a year',
    span: year.to - year.from,
    query: { queryType: 'statistics', metrics: ['totalCalls', 'answerRate'], format: 'timeseries', interval: '1h' },
    mariadb: `SELECT date_format(began, '%Y-%m-%dT%H:00:00.000Z') AS time, count(*) AS totalCalls,
        100 * avg(answered) AS answerRate
      FROM (SELECT min(calldate) AS began, max(${answeredByPerson}) AS answered
        FROM cdr WHERE ${inRange} GROUP BY linkedid) calls
      GROUP BY time ORDER BY time`,
    bare: `SELECT start_time // 3600000 AS hour, count(*), count(*) FILTER (outcome = 'answered')
      FROM call WHERE start_time >= $from AND start_time < $to GROUP BY hour`,
    key: ['time'],
    figures: ['totalCalls', 'answerRate'],
    target: 100,
    postgresTarget: 500,
    timesMariadb: 20,
  },
  {
    title: 'queue table of 30 days',
    span: 30 * day,
    query: {
      queryType: 'statistics',
      metrics: ['callsOffered', 'callsAnswered', 'callsAbandoned', 'serviceLevelPct', 'averageWaitTime'],
      groupBy: ['queue'],
    },
    mariadb: `SELECT queue, count(*) AS callsOffered, sum(answered) AS callsAnswered,
        sum(NOT answered) AS callsAbandoned, 100 * avg(answered AND wait <= 20) AS serviceLevelPct,
        avg(wait) AS averageWaitTime
      FROM (SELECT substring_index(lastdata, ',', 1) AS queue,
          max(disposition = 'ANSWERED' AND dstchannel <> '') AS answered,
          timestampdiff(SECOND, min(calldate), coalesce(
            min(if(disposition = 'ANSWERED' AND dstchannel <> '', calldate + INTERVAL duration - billsec SECOND, NULL)),
            max(calldate + INTERVAL duration SECOND))) AS wait
        FROM cdr WHERE lastapp = 'Queue' AND ${inRange} GROUP BY linkedid, queue) visits
      GROUP BY queue ORDER BY queue`,
    bare: `SELECT queue, count(*), count(*) FILTER (visit_outcome = 'answered'),
        count(*) FILTER (visit_outcome = 'abandoned'),
        count(*) FILTER (visit_outcome = 'answered' AND wait_time <= 20), avg(wait_time)
      FROM queue_visit WHERE join_time >= $from AND join_time < $to GROUP BY queue`,
    key: ['queue'],
    figures: ['callsOffered', 'callsAnswered', 'callsAbandoned', 'serviceLevelPct', 'averageWaitTime'],
    target: 100,
    timesMariadb: 20,
  },
  {
    title: 'agent table of 7 days',
    span: 7 * day,
    query: { queryType: 'statistics', metrics: ['callsHandled', 'averageHandleTime'], groupBy: ['agent'] },
    mariadb: `SELECT substring_index(substring_index(dstchannel, '/', -1), '-', 1) AS agent,
        count(*) AS callsHandled, avg(billsec) AS averageHandleTime
      FROM cdr WHERE ${inRange} AND disposition = 'ANSWERED' AND dstchannel REGEXP '^PJSIP/[0-9]+-'
      GROUP BY agent ORDER BY agent`,
    bare: `SELECT agent, count(*), avg(talk_time)
      FROM agent_leg WHERE start_time >= $from AND start_time < $to AND answered GROUP BY agent`,
    key: ['agent'],
    figures: ['callsHandled', 'averageHandleTime'],
    target: 100,
    timesMariadb: 20,
  },
  {
    title: 'calls at the same time per hour of 30 days',
    span: 30 * day,
    query: { queryType: 'statistics', metrics: ['peakConcurrentCalls'], format: 'timeseries', interval: '1h' },
    // Hours that nothing begins or ends in are there by a change of none.
    mariadb: `WITH RECURSIVE hours AS (SELECT CAST(:from AS DATETIME) AS at
        UNION ALL SELECT at + INTERVAL 1 HOUR FROM hours WHERE at + INTERVAL 1 HOUR < :to),
      calls AS (SELECT min(calldate) AS began, max(calldate + INTERVAL duration SECOND) AS ended
        FROM cdr WHERE calldate >= CAST(:from AS DATETIME) - INTERVAL 1 DAY AND calldate < :to GROUP BY linkedid),
      changes AS (SELECT greatest(began, :from) AS at, 1 AS delta FROM calls WHERE ended > :from AND ended > began
        UNION ALL SELECT ended, -1 FROM calls WHERE ended > :from AND ended > began AND ended < :to
        UNION ALL SELECT at, 0 FROM hours),
      levels AS (SELECT at, sum(sum(delta)) OVER (ORDER BY at) AS level FROM changes GROUP BY at)
      SELECT date_format(at, '%Y-%m-%dT%H:00:00.000Z') AS time, max(level) AS peakConcurrentCalls
      FROM levels GROUP BY time ORDER BY time`,
    bare: `SELECT at_ms // 3600000 AS hour, max(level) FROM (
        SELECT at_ms, sum(delta) OVER (ORDER BY at_ms, delta) AS level FROM (
          SELECT unnest([start_time, end_time]) AS at_ms, unnest([1, -1]) AS delta
          FROM call WHERE start_time < $to AND end_time > $from)) GROUP BY hour`,
    key: ['time'],
    figures: ['peakConcurrentCalls'],
    target: 200,
    postgresTarget: 1000,
  },
  {
    title: 'last 100 records',
    span: year.to - year.from,
    query: { queryType: 'records', limit: 100 },
    mariadb: `SELECT date_format(calldate, '%Y-%m-%dT%H:%i:%s.000Z') AS startTime, cdr.*
      FROM cdr WHERE ${inRange} ORDER BY calldate DESC LIMIT 100`,
    bare: `SELECT * FROM record WHERE start_time >= $from AND start_time < $to ORDER BY start_time DESC LIMIT 100`,
    key: [],
    figures: ['startTime'],
    target: 5,
    postgresTarget: 100,
  },
  {
    title: 'missed in the last 5 minutes',
    span: 300_000,
    query: { queryType: 'statistics', metrics: ['missedCalls'] },
    mariadb: `SELECT count(*) AS missedCalls
      FROM (SELECT linkedid FROM cdr WHERE ${inRange} GROUP BY linkedid
        HAVING max(${answeredByPerson}) = 0 AND max(lastapp = 'Queue') = 0
          AND max(disposition = 'NO ANSWER' AND dstchannel <> '') = 1) calls`,
    bare: `SELECT count(*) FILTER (outcome = 'missed') FROM call WHERE start_time >= $from AND start_time < $to`,
    key: [],
    figures: ['missedCalls'],
    target: 5,
    postgresTarget: 100,
  },
];
