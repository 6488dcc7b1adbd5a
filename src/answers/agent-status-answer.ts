import type { MemberNow } from '../cdr/agent-standing';
import { agentsAt, type AgentNow } from '../cdr/agents-now';
import { noPauseReason } from '../cdr/dimensions';
import type { Teams } from '../cdr/directory';
import { passesBy } from '../cdr/filters';
import { meetsTeamTest } from '../cdr/team-test';
import type { CdrQuery } from '../query/model';
import type { Answer } from './answer';
import { statusAnswer, type StatusField } from './status-answer';

interface AgentRow extends Omit<AgentNow, 'queues' | 'servers'> {
  teams: string;
  queues: string;
  servers: string;
}

const fields: ReadonlyArray<StatusField<AgentRow>> = [
  { name: 'agent', title: 'Agent', type: 'string', origin: 'free' },
  { name: 'teams', title: 'Teams', type: 'string' },
  { name: 'state', title: 'State', type: 'string' },
  { name: 'stateSeconds', title: 'In this state', type: 'number', unit: 's' },
  { name: 'pauseReason', title: 'Pause reason', type: 'string', origin: 'free' },
  { name: 'pausedSeconds', title: 'Paused', type: 'number', unit: 's', nullable: true },
  { name: 'phone', title: 'Phone', type: 'string' },
  { name: 'queues', title: 'Queues', type: 'string', isList: true },
  { name: 'servers', title: 'Servers', type: 'string' },
];

/**
 * One row an agent, at this moment, by the queues and PBXes that the filters let through: of one who is paused in these only,
 * the row says so.
 *
 * @param now epoch milliseconds
 */
export function agentStatusAnswer(
  members: readonly MemberNow[],
  { filters, columns }: Pick<CdrQuery, 'filters' | 'columns'>,
  teams: Teams,
  now: number
): Answer {
  const wanted = members.filter(
    ({ queue, agent, server }) =>
      passesBy(filters, { queue, agent, server }) &&
      (filters.teamTests ?? []).every((test) => meetsTeamTest(test, [agent]))
  );
  const agents = agentsAt(wanted, now).filter((row) => passesBy(filters, { pauseReason: reasonOf(row) }));
  const rows = agents.map((row): AgentRow => ({
    ...row,
    teams: (teams.get(row.agent) ?? []).join(', '),
    queues: row.queues.join(', '),
    servers: row.servers.join(', '),
  }));
  return statusAnswer({ name: 'Agents now', type: 'agentStatus', fields }, rows, columns);
}

/** As the times of agents are filtered. */
function reasonOf({ pausedSeconds, pauseReason }: AgentNow): string {
  return pausedSeconds === null ? '' : pauseReason || noPauseReason;
}
