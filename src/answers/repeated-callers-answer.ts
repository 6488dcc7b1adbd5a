import type { RepeatedCaller } from '../cdr/repeated-callers';
import type { Answer, AnswerField, AnswerMeta } from './answer';

/** One line of the list. Times in epoch milliseconds. */
interface Line extends Omit<RepeatedCaller, 'number' | 'queues' | 'agents' | 'servers'> {
  queue: string;
  agent: string;
  server: string;
}

type Column = Pick<AnswerField, 'type' | 'origin' | 'isList'> & { title: string };

const columns: Record<keyof Line, Column> = {
  source: { title: 'Number', type: 'string' },
  calls: { title: 'Calls', type: 'number' },
  repeatCalls: { title: 'Repeated calls', type: 'number' },
  answered: { title: 'Answered calls', type: 'number' },
  firstCall: { title: 'First call', type: 'time' },
  lastCall: { title: 'Last call', type: 'time' },
  queue: { title: 'Queues', type: 'string', origin: 'system', isList: true },
  agent: { title: 'Agents', type: 'string', isList: true },
  server: { title: 'Servers', type: 'string', origin: 'system', isList: true },
  linkedId: { title: 'Linked ID', type: 'string', origin: 'callId' },
};

/** Numbers that call again, one row each. */
export function repeatedCallersAnswer(callers: readonly RepeatedCaller[], meta: AnswerMeta): Answer {
  const rows = callers.map(({ queues, agents, servers, ...caller }): Line => ({
    ...caller,
    queue: queues.join(', '),
    agent: agents.join(', '),
    server: servers.join(', '),
  }));
  return {
    name: 'Repeated callers',
    meta: { preferredVisualisationType: 'table', ...meta },
    fields: (Object.keys(columns) as Array<keyof Line>).map((name): AnswerField => {
      const { title, ...column } = columns[name];
      const config = { displayNameFromDS: title };
      return { name, nullable: false, ...column, config, values: rows.map((row) => row[name]) };
    }),
  };
}
