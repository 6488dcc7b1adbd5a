import type { CdrFilters } from '../cdr/filters';
import type { QueueNow } from '../cdr/queue-board';
import type { Answer, AnswerField } from './answer';
import type { CdrQuery } from './model';
import { isWanted } from './status-columns';

const columns: ReadonlyArray<{ name: keyof QueueNow; title: string; type: AnswerField['type']; unit?: string }> = [
  { name: 'server', title: 'Server', type: 'string' },
  { name: 'queue', title: 'Queue', type: 'string' },
  { name: 'callersWaiting', title: 'Callers waiting', type: 'number' },
  { name: 'longestWait', title: 'Longest wait', type: 'number', unit: 's' },
  { name: 'agentsFree', title: 'Agents free', type: 'number' },
  { name: 'agentsBusy', title: 'Agents busy', type: 'number' },
  { name: 'agentsPaused', title: 'Agents paused', type: 'number' },
  { name: 'agentsUnavailable', title: 'Agents unavailable', type: 'number' },
];

/** Filters that a queue at this moment can be told by. */
export const queueStatusFilters = ['queue', 'server'] as const satisfies ReadonlyArray<keyof CdrFilters>;

/** The wallboard: one row a queue, at this moment. */
export function queueStatusAnswer(queues: readonly QueueNow[], query: Pick<CdrQuery, 'filters' | 'columns'>): Answer {
  const { filters } = query;
  const shown = columns.filter(({ name }) => isWanted(name, 'queueStatus', query.columns));
  const rows = queues.filter((row) =>
    queueStatusFilters.every((name) => !filters[name]?.length || filters[name].includes(row[name]))
  );
  return {
    name: 'Queues now',
    meta: { type: 'numeric-long', typeVersion: [0, 1], preferredVisualisationType: 'table' },
    fields: shown.map(({ name, title, type, unit }) => ({
      name,
      type,
      nullable: name === 'longestWait',
      config: { displayNameFromDS: title, ...(unit ? { unit } : {}) },
      values: rows.map((row) => row[name]),
    })),
  };
}
