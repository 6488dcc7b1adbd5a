import { bandPhases, isBand } from '../../cdr/bands';
import { businessHourValues } from '../../cdr/business-hours';
import type { CallerSpans } from '../../cdr/caller-rows';
import { hourDimensions, type Dimension, type HourDimension } from '../../cdr/dimensions';
import { isHourDimension } from '../../cdr/fact-groups';
import type { Thresholds } from '../../cdr/fact-rows';
import { measures, type Fact, type Measure } from '../../cdr/measures';
import type { StatisticsPlan } from '../../cdr/sum-facts';
import { bucketAnchor, isCutLocally } from '../../cdr/time-buckets';
import type { Range } from '../../query/parse-range';
import { inHoursSql, localTimeSql, offsetSql } from './hours-sql';
import { callSums, summedSpan } from './call-sums';
import { bandSql } from './seconds-sql';
import { columnName } from './table';
import type { Binds } from './binds';
import { callerJoinSql } from './caller-sql';
import type { Dialect } from './dialect';
import { columnSql, factTables, fromSql, valueSql, whereSql } from './filter-sql';

const ended = "f.visit_outcome IN ('answered', 'abandoned')";
const answeredVisit = "f.visit_outcome = 'answered'";
const abandonedVisit = "f.visit_outcome = 'abandoned'";
const transferred = "f.result = 'Success'";

/** Half seconds up, as Math.round has them. Of whole numbers, which are divided sooner than decimals. */
const stretchSeconds = 'floor((f.end_time - f.start_time + 500) / 1000)';

/** DuckDB cuts out the rows of each FILTER, which takes it half as long again. */
const countIf = (condition: string): string => `count(CASE WHEN ${condition} THEN 1 END)`;
const sumIf = (column: string, condition: string): string =>
  `coalesce(sum(CASE WHEN ${condition} THEN ${column} END), 0)`;

/** What a plan gives to an aggregate, bound. */
interface Bound {
  threshold: (name: keyof Thresholds) => string;
  /** Milliseconds. */
  callers: (name: keyof CallerSpans) => string;
  floorDivide: Dialect['floorDivide'];
}

/** Each measure as an aggregate over its facts: the counterpart of `factRows`. */
const aggregates: Record<Measure, string | ((bound: Bound) => string)> = {
  calls: 'count(*)',
  answered: countIf("f.outcome = 'answered'"),
  abandoned: countIf("f.outcome = 'abandoned'"),
  missed: countIf("f.outcome = 'missed'"),
  busy: countIf("f.outcome = 'busy'"),
  failed: countIf("f.outcome IN ('failed', 'congestion')"),
  selfServed: countIf("f.outcome = 'self-served'"),
  unmapped: countIf('NOT f.linked_id_mapped'),
  talkSeconds: sumIf('f.talk_time', "f.outcome = 'answered'"),
  ringSeconds: sumIf('f.ring_time', "f.outcome = 'answered'"),
  offered: 'count(*)',
  visitsAnswered: countIf(answeredVisit),
  visitsAbandoned: countIf(abandonedVisit),
  answeredWithin: ({ threshold }) =>
    countIf(`${answeredVisit} AND coalesce(f.answer_delay, f.wait_time) <= ${threshold('serviceLevelThreshold')}`),
  abandonedWithin: ({ threshold }) =>
    countIf(`${abandonedVisit} AND f.wait_time <= ${threshold('serviceLevelThreshold')}`),
  abandonedShort: ({ threshold }) =>
    countIf(`${abandonedVisit} AND f.wait_time <= ${threshold('shortAbandonThreshold')}`),
  waits: countIf(ended),
  waitSeconds: sumIf('f.wait_time', ended),
  answeredWaitSeconds: sumIf('f.wait_time', answeredVisit),
  longestWait: `coalesce(max(f.wait_time) FILTER (WHERE ${ended}), 0)`,
  visitTalks: countIf(`${answeredVisit} AND f.talk_time IS NOT NULL`),
  visitTalkSeconds: sumIf('f.talk_time', answeredVisit),
  derivedVisits: countIf('f.derived'),
  importedVisits: countIf('f.imported'),
  handled: countIf('f.answered'),
  notAnswered: countIf("NOT f.answered AND (NOT f.refused OR f.queue <> '')"),
  refused: countIf('f.refused'),
  handleTalks: countIf('f.answered AND f.talk_time IS NOT NULL'),
  handleSeconds: sumIf('f.talk_time', 'f.answered'),
  transfers: countIf(transferred),
  blindTransfers: countIf(`${transferred} AND f.kind = 'blind'`),
  attendedTransfers: countIf(`${transferred} AND f.kind = 'attended'`),
  derivedTransfers: countIf(`${transferred} AND f.derived`),
  queueTalkSeconds: sumIf('f.talk_time', "f.answered AND f.queue <> ''"),
  made: 'count(*)',
  madeOutbound: countIf("f.direction = 'outbound'"),
  madeTalkSeconds: sumIf('f.talk_time', "f.outcome = 'answered'"),
  records: 'count(*)',
  stretches: 'count(*)',
  loggedInSeconds: `sum(${stretchSeconds})`,
  pausedSeconds: sumIf(stretchSeconds, 'f.paused'),
  lostCallers: countIf('NOT n.withheld'),
  lostCalledBack: countIf('n.reached IS NOT NULL AND NOT n.came_through'),
  lostCameThrough: countIf('n.reached IS NOT NULL AND n.came_through'),
  callBackSeconds: ({ floorDivide }) =>
    sumIf(`(${floorDivide('(n.reached - f.start_time)', '1000')})`, 'NOT n.came_through'),
  longestLost: ({ floorDivide, callers }) =>
    `greatest(coalesce(max(${floorDivide(`(${callers('now')} - f.start_time)`, '1000')}) FILTER (WHERE n.reached IS NULL AND NOT n.withheld), 0), 0)`,
  lostWithheld: countIf('n.withheld'),
  contacts: 'count(*)',
  repeatCalls: ({ callers }) => countIf(`f.start_time - n.called_before <= ${callers('repeatWithin')}`),
  decidedContacts: ({ callers }) => countIf(decidedContact(callers)),
  resolvedContacts: ({ callers }) =>
    countIf(
      `${decidedContact(callers)} AND (n.called_after IS NULL OR n.called_after - f.start_time > ${callers('repeatWithin')})`
    ),
  wrapUpSeconds: sumIf(stretchSeconds, 'f.wrap_up'),
  firstSeen: 'min(f.start_time)',
  lastSeen: 'max(f.end_time)',
};

function decidedContact(callers: Bound['callers']): string {
  return `f.outcome = 'answered' AND f.start_time + ${callers('repeatWithin')} <= ${callers('now')}`;
}

/** How the facts of one kind are cut into time buckets and groups: columns `bucket`, `g0`, `g1` …, and the rows that they are of. */
export interface Cut {
  columns: string[];
  /** Numbers of the columns that rows differ in, from 1: a database would compare each row's null of a bucket that none is cut by. */
  keys: number[];
  /** FROM and WHERE; written once all else that is asked of `f` is. */
  rows: () => string;
}

export function cutSql(fact: Fact, plan: StatisticsPlan, binds: Binds, table = factTables[fact]): Cut {
  const time = `f.${factTables[fact].time}`;
  const { columns, joins } = groupsSql(fact, plan, binds);
  const rows = (): string => {
    const where = whereSql(fact, plan, plan.filters, binds);
    return `${fromSql(fact, binds, table)} ${callerJoinSql(fact, plan, binds)}${joins}WHERE ${where}`;
  };
  const all = [`${bucketSql(time, plan, binds)} AS bucket`, ...columns];
  const keys = all.map((_, index) => index + 1).slice(plan.buckets === null ? 1 : 0);
  return { columns: all, keys, rows };
}

/** How the facts of one kind are grouped. */
export interface GroupsSql {
  /** `g0`, `g1` …, null in groups that do not stand alone. */
  columns: string[];
  /** What they are told by, besides the facts. */
  joins: string;
}

/** The counterpart of `groupsOf`. */
export function groupsSql(fact: Fact, plan: StatisticsPlan, binds: Binds): GroupsSql {
  const time = `f.${factTables[fact].time}`;
  const own = plan.groupBy.map((dimension) => dimensionSql(fact, time, dimension, plan, binds));
  const fields = plan.alone?.fields ?? 0;
  return {
    columns: own.map((value, place) => `${place < fields ? `alone.g${place}` : value} AS g${place}`),
    joins: `${teamJoinSql(fact, plan, binds)}${aloneJoinSql(own.slice(0, fields), plan, binds)}`,
  };
}

/** Statement that gives `bucket`, `g0`, `g1` … and a column for each wanted measure of one kind of facts. */
export function sumSql(fact: Fact, plan: StatisticsPlan, wanted: readonly Measure[], binds: Binds): string {
  const own = wanted.filter((measure) => measures[measure] === fact);
  const kept = binds.dialect.keepsSums ? summedSpan(fact, plan, own) : null;
  return kept ? keptSumsSql(fact, plan, kept, own, binds) : factSumsSql(fact, plan, own, binds);
}

function factSumsSql(fact: Fact, plan: StatisticsPlan, own: readonly Measure[], binds: Binds): string {
  const cut = cutSql(fact, plan, binds);
  const bound: Bound = {
    threshold: (name) => binds.number(plan[name] ?? plan.serviceLevelThreshold),
    callers: (name) => binds.integer(plan.callers![name]),
    floorDivide: binds.dialect.floorDivide,
  };
  const sums = own.map((measure) => {
    const aggregate = aggregates[measure];
    const sum = binds.dialect.toDouble(typeof aggregate === 'string' ? aggregate : aggregate(bound));
    return `${sum} AS ${columnName(measure)}`;
  });
  return `SELECT ${[...cut.columns, ...sums].join(', ')} ${cut.rows()} ${groupBySql(cut)}HAVING count(*) > 0`;
}

/** The sums that are kept of a part of the range, and those of the facts before and after it. */
function keptSumsSql(fact: Fact, plan: StatisticsPlan, kept: Range, own: readonly Measure[], binds: Binds): string {
  const sumsOf = (column: string): string => binds.dialect.toDouble(`sum(${column})`);
  const cut = cutSql(fact, { ...plan, ...kept }, binds, callSums);
  const sums = own.map((measure) => `${sumsOf(`f.${columnName(measure)}`)} AS ${columnName(measure)}`);
  // One whose calls went again is as one that never had any.
  const ofKept = `SELECT ${[...cut.columns, ...sums].join(', ')} ${cut.rows()} AND f.calls > 0 ${groupBySql(cut)}HAVING count(*) > 0`;
  const parts = [
    ...(plan.from < kept.from ? [factSumsSql(fact, { ...plan, to: kept.from }, own, binds)] : []),
    ofKept,
    ...(kept.to < plan.to ? [factSumsSql(fact, { ...plan, from: kept.to }, own, binds)] : []),
  ];
  if (parts.length === 1) {
    return ofKept;
  }
  const names = [plan.buckets ? 'bucket' : 'NULL AS bucket', ...plan.groupBy.map((_, place) => `g${place}`)];
  const joined = own.map((measure) => `${sumsOf(columnName(measure))} AS ${columnName(measure)}`);
  return (
    `SELECT ${[...names, ...joined].join(', ')} FROM (${parts.join(' UNION ALL ')}) part ` +
    `${groupBySql(cut)}HAVING count(*) > 0`
  );
}

function groupBySql({ keys }: Cut): string {
  return keys.length === 0 ? '' : `GROUP BY ${keys.join(', ')} `;
}

/** Finds for each fact whether its group stands alone: what is of another has none of these values. */
function aloneJoinSql(own: readonly string[], { alone }: StatisticsPlan, binds: Binds): string {
  if (!alone || own.length === 0) {
    return '';
  }
  const rows = Array.from(
    alone.groups.values(),
    (values) => `(${values.map((value) => `CAST(${binds.text(value)} AS VARCHAR)`).join(', ')})`
  );
  const names = own.map((_, place) => `g${place}`);
  const isSame = own.map((value, place) => `alone.g${place} = coalesce(${value}, '')`);
  return `LEFT JOIN (VALUES ${rows.join(', ')}) AS alone(${names.join(', ')}) ON ${isSame.join(' AND ')} `;
}

/** A row for each team of a fact's agent, where facts are grouped by team: the counterpart of `teamsOf`. */
function teamJoinSql(fact: Fact, plan: StatisticsPlan, binds: Binds): string {
  if (!hasTeams(plan)) {
    return '';
  }
  const rows = [...plan.teams!].flatMap(([agent, of]) =>
    of.map((team) => `(CAST(${binds.text(agent)} AS VARCHAR), CAST(${binds.text(team)} AS VARCHAR))`)
  );
  return `LEFT JOIN (VALUES ${rows.join(', ')}) AS in_team(agent, team) ON in_team.agent = ${columnSql(fact, 'agent')} `;
}

function hasTeams({ groupBy, teams }: StatisticsPlan): boolean {
  return groupBy.includes('team') && [...(teams?.values() ?? [])].some((of) => of.length > 0);
}

/** The counterpart of `bucketKey` for times since `from`; null without buckets. */
export function bucketSql(
  time: string,
  { buckets: plan, from }: Pick<StatisticsPlan, 'buckets' | 'from'>,
  binds: Binds
): string {
  if (plan === null) {
    return 'NULL';
  }
  const { divide, floorDivide, monthsSince1970 } = binds.dialect;
  const { width, stretches } = plan;
  if (typeof width === 'object') {
    const month = monthsSince1970(`(${time} + ${offsetSql(time, stretches, binds)})`);
    const months = binds.integer(width.months);
    return `${floorDivide(month, months)} * ${months}`;
  }
  const first = stretches[0]!;
  // Offsets that differ by whole buckets cut alike.
  const isAlike = stretches.every(({ offset }) => (offset - first.offset) % width === 0);
  const anchor = bucketAnchor(width);
  const step = binds.integer(width);
  if (isAlike && !isCutLocally(plan)) {
    const shift = (first.offset - anchor) % width;
    // No time is before the range.
    const quotient = from + shift >= 0 ? divide : floorDivide;
    return shift === 0
      ? `${quotient(time, step)} * ${step}`
      : `${quotient(`(${time} + ${binds.integer(shift)})`, step)} * ${step} - ${binds.integer(shift)}`;
  }
  const offset = offsetSql(time, stretches, binds);
  const start = binds.integer(anchor);
  const local = `${floorDivide(`(${time} + ${offset} - ${start})`, step)} * ${step} + ${start}`;
  return isCutLocally(plan) ? local : `${local} - ${offset}`;
}

/** Dimensions of an agent's presence, which belongs to no call, and what it has for others. */
const presenceDimensions: ReadonlySet<Dimension> = new Set([
  'agent',
  'team',
  'server',
  ...hourDimensions,
  'businessHours',
  'pauseReason',
]);
const noCall: Partial<Record<Dimension, string>> = { direction: "'unknown'" };

/** The counterpart of `localHourValue`. */
const localHourSql: Readonly<Record<HourDimension, (local: string, dialect: Dialect) => string>> = {
  day: (local, { floorDivide }) => `(${floorDivide(local, '86400000')})`,
  month: (local, { monthsSince1970 }) => monthsSince1970(local),
  year: (local, { floorDivide, monthsSince1970 }) => `(${floorDivide(monthsSince1970(local), '12')} + 1970)`,
  hourOfDay: (local, { floorDivide }) => `((${floorDivide(local, '3600000')}) % 24)`,
  dayOfWeek: (local, { floorDivide }) => `(((${floorDivide(local, '86400000')}) + 3) % 7 + 1)`,
};

function dimensionSql(fact: Fact, time: string, dimension: Dimension, plan: StatisticsPlan, binds: Binds): string {
  if (fact === 'stretch' && !presenceDimensions.has(dimension)) {
    return noCall[dimension] ?? "''";
  }
  if (dimension === 'team') {
    return hasTeams(plan) ? "coalesce(in_team.team, '')" : "''";
  }
  if (isHourDimension(dimension)) {
    return binds.dialect.toText(localHourSql[dimension](localTimeSql(time, plan.clock, binds), binds.dialect));
  }
  if (isBand(dimension)) {
    return bandSql(fact, bandPhases[dimension], plan.bands ?? [], binds);
  }
  if (dimension === 'businessHours') {
    const { businessHours } = plan;
    const [inHours, outOfHours] = businessHourValues;
    return businessHours
      ? `CASE WHEN ${inHoursSql(businessHours, plan.clock, time, binds)} THEN '${inHours}' ELSE '${outOfHours}' END`
      : "''";
  }
  return valueSql(fact, dimension, binds);
}
