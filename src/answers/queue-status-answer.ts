import { passesBy } from '../cdr/filters';
import type { BoardNow } from '../cdr/pbx-board';
import { queuesAt, type QueueNow } from '../cdr/queues-now';
import type { Answer } from './answer';
import type { CdrQuery } from '../query/model';
import { statusAnswer, type StatusField } from './status-answer';

const fields: ReadonlyArray<StatusField<QueueNow>> = [
  { name: 'server', title: 'Server', type: 'string' },
  { name: 'queue', title: 'Queue', type: 'string' },
  { name: 'callersWaiting', title: 'Callers waiting', type: 'number' },
  { name: 'longestWait', title: 'Longest wait', type: 'number', unit: 's', nullable: true },
  { name: 'agentsFree', title: 'Agents free', type: 'number' },
  { name: 'agentsBusy', title: 'Agents busy', type: 'number' },
  { name: 'agentsPaused', title: 'Agents paused', type: 'number' },
  { name: 'agentsInWrapUp', title: 'Agents in wrap-up', type: 'number' },
  { name: 'agentsUnavailable', title: 'Agents unavailable', type: 'number' },
];

/** The wallboard: one row a queue, at this moment. */
export function queueStatusAnswer(
  { queues, now }: BoardNow,
  { filters, columns }: Pick<CdrQuery, 'filters' | 'columns'>
): Answer {
  const rows = queuesAt(queues, now).filter(({ queue, server }) => passesBy(filters, { queue, server }));
  return statusAnswer({ name: 'Queues now', type: 'queueStatus', fields }, rows, columns);
}
