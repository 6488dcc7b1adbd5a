import type { RepeatedSelection } from '../../answers/answer-store';
import { distinctNames, type RepeatedCaller } from '../../cdr/repeated-callers';
import type { Binds } from './binds';
import { repeatedCallsSql } from './caller-sql';
import { contactPlace } from './contact-sql';
import { whereSql } from './filter-sql';

/** Statement that gives the numbers that call again: the counterpart of `selectRepeatedOf`. */
export function repeatedCallersSql(selection: RepeatedSelection, binds: Binds): string {
  const { within, filters, limit, offset } = selection;
  const order = 'n.began DESC, n.kind DESC, f.linked_id DESC, f.server DESC';
  const lastOf = (column: string): string => `(array_agg(f.${column} ORDER BY ${order}))[1] AS ${column}`;
  const repeats = `count(*) FILTER (WHERE n.began - n.called_before <= ${binds.integer(within)})`;
  return (
    `SELECT n.number, count(*) AS calls, ${repeats} AS repeat_calls, ` +
    `count(*) FILTER (WHERE n.kind = ${contactPlace('cameThrough')}) AS answered, ` +
    'min(f.start_time) AS first_call, max(f.start_time) AS last_call, array_agg(DISTINCT f.queue) AS queues, ' +
    `array_agg(DISTINCT f.agent) AS agents, array_agg(DISTINCT f.server) AS servers, ${lastOf('source')}, ${lastOf('linked_id')} ` +
    `FROM call f JOIN (${repeatedCallsSql(selection, within, binds)}) n ON n.linked_id = f.linked_id AND n.server = f.server ` +
    `WHERE ${whereSql('contact', selection, filters, binds)} GROUP BY n.number HAVING ${repeats} > 0 ` +
    `ORDER BY calls DESC, last_call DESC, n.number LIMIT ${binds.integer(limit)} OFFSET ${binds.integer(offset)}`
  );
}

export function repeatedCallerOf(row: Readonly<Record<string, unknown>>): RepeatedCaller {
  return {
    number: String(row.number),
    calls: Number(row.calls),
    repeatCalls: Number(row.repeat_calls),
    answered: Number(row.answered),
    firstCall: Number(row.first_call),
    lastCall: Number(row.last_call),
    queues: distinctNames(row.queues as string[]),
    agents: distinctNames(row.agents as string[]),
    servers: distinctNames(row.servers as string[]),
    source: String(row.source),
    linkedId: String(row.linked_id),
  };
}
