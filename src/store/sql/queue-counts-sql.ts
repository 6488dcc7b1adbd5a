import type { AuditStretch, StoredCounts } from '../../cdr/queue-audit';
import type { Binds } from './binds';

/** What counts at an end of a stretch may count on the other side of it: clocks and whole seconds are that exact. */
const slack = 5_000;
/** Visits that began longer before a stretch do not end in it. */
const longest = 4 * 3_600_000;

/**
 * What is stored of a queue, or of a member of it, in a stretch, in one row. Asterisk counts a visit as completed when its
 * talk ends or the agent passes the caller on; the talk that is stored may go on after that. Of a member whose talks in other
 * queues may have counted too, they are among those that may have ended in the stretch.
 */
export function queueCountsSql(
  { base, latest, ofAnyQueue }: AuditStretch,
  unbrokenSince: number,
  agent: string,
  binds: Binds
): string {
  const [from, to] = [binds.integer(base.at - slack), binds.integer(latest.at + slack)];
  const [fromSurely, toSurely] = [binds.integer(base.at + slack), binds.integer(latest.at - slack)];
  const endTime = 'f.leave_time + 1000 * CAST(f.talk_time AS BIGINT)';
  const answered = "f.visit_outcome = 'answered'";
  const abandoned = "f.visit_outcome = 'abandoned'";
  const count = (condition: string, name: string): string =>
    `coalesce(sum(CASE WHEN ${condition} THEN 1 ELSE 0 END), 0) AS ${name}`;
  const { lower } = binds.dialect;
  const ofServer = `f.server = ${binds.text(base.server)}`;
  const inQueue = `${lower('f.queue')} = ${lower(binds.text(base.queue))}`;
  const isMember = base.interface !== '';
  const ofCounter = [ofServer, ...(ofAnyQueue ? [] : [inQueue])].join(' AND ');
  const ofAgent = isMember ? ` AND f.agent = ${binds.text(agent)}` : '';
  const ofInterface = isMember ? ` AND f.interface = ${binds.text(base.interface)}` : '';
  const visits =
    'SELECT ' +
    [
      count(
        `${answered} AND ${inQueue} AND f.leave_time >= ${fromSurely} AND ${endTime} <= ${toSurely}`,
        'answered_least'
      ),
      count(
        `${answered} AND f.leave_time <= ${to} AND CASE WHEN f.talk_time IS NULL ` +
          `THEN f.leave_time < ${binds.integer(unbrokenSince)} ELSE ${endTime} >= ${from} END`,
        'answered_most'
      ),
      count(`${abandoned} AND f.leave_time BETWEEN ${fromSurely} AND ${toSurely}`, 'abandoned_least'),
      count(`${abandoned} AND f.leave_time BETWEEN ${from} AND ${to}`, 'abandoned_most'),
      count('f.derived', 'derived'),
    ].join(', ') +
    ` FROM queue_visit f WHERE ${ofCounter}${ofAgent} AND f.join_time BETWEEN ${binds.integer(base.at - longest)} AND ${to}`;
  const events =
    `SELECT ${count("f.name = 'AgentComplete'", 'completes')}, ${count("f.name = 'QueueCallerAbandon'", 'abandons')} ` +
    `FROM queue_event f WHERE ${ofCounter}${ofInterface} AND f."at" BETWEEN ${from} AND ${to}`;
  return `SELECT * FROM (${visits}) v CROSS JOIN (${events}) e`;
}

export function storedCountsOf(row: Readonly<Record<string, unknown>>): StoredCounts {
  return {
    answeredLeast: Number(row.answered_least),
    answeredMost: Number(row.answered_most),
    abandonedLeast: Number(row.abandoned_least),
    abandonedMost: Number(row.abandoned_most),
    derived: Number(row.derived),
    completes: Number(row.completes),
    abandons: Number(row.abandons),
  };
}
