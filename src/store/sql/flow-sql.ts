import type { Flow, FlowPlan } from '../../cdr/flows';
import { loads, type Load } from '../../cdr/loads';
import type { Binds } from './binds';
import { factTables, filterConditions, fromSql } from './filter-sql';
import { bucketSql, groupColumns, teamJoinSql } from './sum-sql';

/** When a fact ended, null where it has not: the counterpart of `FactRow.ends`. PostgreSQL has indexes on just these. */
const ends: Record<Load, string> = {
  calls: 'f.end_time',
  queueCalls: '(f.leave_time + CAST(coalesce(f.talk_time, 0) AS BIGINT) * 1000)',
  waitingCallers: 'f.leave_time',
};

/**
 * Statement that gives `bucket`, `g0`, `g1` …, `change`, `moment` and, where peaks are wanted, `rise`: the counterpart of
 * `flowsOf`. Each fact is a row for the millisecond in which it begins and one for its last. For peaks those of one millisecond are
 * counted where they are stored, on the shards of a cluster too, and put in order within each bucket alone, so that no database has
 * to go through all of a year in one go.
 */
export function flowSql(plan: FlowPlan, binds: Binds): string {
  const { toDouble } = binds.dialect;
  const names = ['bucket', ...plan.groupBy.map((_, index) => `g${index}`)];
  const keysOf = (table: string): string => names.map((name) => `${table}.${name}`).join(', ');
  const from = binds.integer(plan.from);
  const changes = changesSql(plan, from, binds);
  const counted =
    `SELECT ${keysOf('e')}, e.at_ms, CAST(sum(e.delta) AS INTEGER) AS delta FROM (${changes}) e ` +
    `GROUP BY ${keysOf('e')}, e.at_ms, e.delta`;
  // What ends with a millisecond goes on in it beside what begins in it.
  const levels =
    `SELECT c.*, sum(c.delta) OVER (PARTITION BY ${keysOf('c')} ORDER BY c.at_ms, c.delta DESC ` +
    `ROWS UNBOUNDED PRECEDING) AS level FROM (${counted}) c`;
  const columns = [
    keysOf('v'),
    `${toDouble('sum(v.delta)')} AS change`,
    // An end is a millisecond after the last one.
    `${toDouble(`sum(v.delta * (v.at_ms - ${from}) + least(v.delta, 0))`)} AS moment`,
    ...(plan.peaks ? [`${toDouble('greatest(max(v.level), 0)')} AS rise`] : []),
  ];
  return `SELECT ${columns.join(', ')} FROM (${plan.peaks ? levels : changes}) v GROUP BY ${keysOf('v')}`;
}

/** Columns `bucket`, `at_ms`, `delta` (1 or -1) and `g0`, `g1` …: the first and the last millisecond of each fact. */
function changesSql(plan: FlowPlan, from: string, binds: Binds): string {
  const fact = loads[plan.load];
  const [start, end] = [`f.${factTables[fact].time}`, ends[plan.load]];
  const to = binds.integer(plan.to);
  const where = [
    `${start} < ${to}`,
    `${end} > ${from}`,
    // Nobody leaves before the talk ends: so that the index on the end of the talk serves for those who wait as well.
    ...(plan.load === 'waitingCallers' ? [`${ends.queueCalls} > ${from}`] : []),
    `${end} > ${start}`,
    `(d.delta = 1 OR ${end} < ${to})`,
    ...filterConditions(fact, plan.filters, binds),
  ].join(' AND ');
  const at = `CASE WHEN d.delta = 1 THEN greatest(${start}, ${from}) ELSE ${end} - 1 END AS at_ms`;
  const rows =
    `SELECT ${[at, 'd.delta AS delta', ...groupColumns(fact, plan, binds)].join(', ')} ${fromSql(fact, binds)} ` +
    `${teamJoinSql(plan, binds)}CROSS JOIN (VALUES (1), (-1)) AS d(delta) WHERE ${where}`;
  return `SELECT ${bucketSql('i.at_ms', plan, binds)} AS bucket, i.* FROM (${rows}) i`;
}

/** The flow of one row of `flowSql`. */
export function flowOfRow({ change, moment, rise }: Readonly<Record<string, unknown>>, { peaks }: FlowPlan): Flow {
  return { change: Number(change), rise: peaks ? Number(rise) : null, moment: Number(moment) };
}
