import type { FlowPlan } from '../../cdr/flows';
import { loads, type Load } from '../../cdr/loads';
import type { Binds } from './binds';
import { factTables, filterConditions, fromSql } from './filter-sql';
import type { Slice, SliceFlow } from './flow-slices';
import { bucketSql, groupsSql } from './sum-sql';

/** When a fact ended, null where it has not: the counterpart of `FactRow.ends`. PostgreSQL has indexes on just these. */
const ends: Record<Load, string> = {
  calls: 'f.end_time',
  queueCalls: '(f.leave_time + CAST(coalesce(f.talk_time, 0) AS BIGINT) * 1000)',
  waitingCallers: 'f.leave_time',
};

/**
 * Statement that gives `bucket`, `g0`, `g1` …, `change`, `moment` and, where peaks are wanted, `most`: the most that go on at one
 * instant, less those that go on as the slice begins. Each fact is a row for the millisecond in which it begins and one for its last.
 */
export function flowSql(plan: FlowPlan, slice: Slice, binds: Binds): string {
  const { toDouble } = binds.dialect;
  const groups = plan.groupBy.map((_, index) => `g${index}`);
  const keys = ['bucket', ...groups].map((name) => `v.${name}`).join(', ');
  const from = binds.integer(plan.from);
  const changes = changesSql(plan, slice, from, binds);
  const partition = groups.length === 0 ? '' : `PARTITION BY ${groups.map((name) => `e.${name}`).join(', ')} `;
  // What ends with a millisecond goes on in it beside what begins in it. A window of each bucket would take three times as long.
  const levels =
    `SELECT e.*, sum(e.delta) OVER (${partition}ORDER BY e.at_ms, e.delta DESC ROWS UNBOUNDED PRECEDING) AS level ` +
    `FROM (${changes}) e`;
  const columns = [
    keys,
    `${toDouble('sum(v.delta)')} AS change`,
    // An end is a millisecond after the last one.
    `${toDouble(`sum(v.delta * (v.at_ms - ${from}) + least(v.delta, 0))`)} AS moment`,
    ...(plan.peaks ? [`${toDouble('max(v.level)')} AS most`] : []),
  ];
  return `SELECT ${columns.join(', ')} FROM (${plan.peaks ? levels : changes}) v GROUP BY ${keys}`;
}

/** Columns `bucket`, `at_ms`, `delta` (1 or -1) and `g0`, `g1` …: the first and the last milliseconds of facts that are in a slice. */
function changesSql(plan: FlowPlan, slice: Slice, from: string, binds: Binds): string {
  const fact = loads[plan.load];
  const [start, end] = [`f.${factTables[fact].time}`, ends[plan.load]];
  const [sliceFrom, sliceTo] = [binds.integer(slice.from), binds.integer(slice.to)];
  const where = [
    `${start} < ${sliceTo}`,
    `${end} > ${sliceFrom}`,
    // Nobody leaves before the talk ends: so that the index on the end of the talk serves for those who wait as well.
    ...(plan.load === 'waitingCallers' ? [`${ends.queueCalls} > ${sliceFrom}`] : []),
    `${end} > ${start}`,
    `(d.delta = 1 OR ${end} < ${binds.integer(plan.to)})`,
    ...filterConditions(fact, plan.filters, binds),
  ].join(' AND ');
  const at = `CASE WHEN d.delta = 1 THEN greatest(${start}, ${from}) ELSE ${end} - 1 END AS at_ms`;
  const { columns, joins } = groupsSql(fact, plan, binds);
  const rows =
    `SELECT ${[at, 'd.delta AS delta', ...columns].join(', ')} ${fromSql(fact, binds)} ` +
    `${joins}CROSS JOIN (VALUES (1), (-1)) AS d(delta) WHERE ${where}`;
  return (
    `SELECT ${bucketSql('i.at_ms', plan, binds)} AS bucket, i.* FROM (${rows}) i ` +
    `WHERE i.at_ms >= ${sliceFrom} AND i.at_ms < ${sliceTo}`
  );
}

/** The flow of one row of `flowSql`. */
export function sliceFlowOf(
  { change, moment, most }: Readonly<Record<string, unknown>>,
  { peaks }: FlowPlan
): Omit<SliceFlow, 'bucket' | 'group'> {
  return { change: Number(change), moment: Number(moment), most: peaks ? Number(most) : null };
}
