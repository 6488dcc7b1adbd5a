import type { ServerNow } from '../cdr/server-now';
import type { Answer, AnswerField } from './answer';
import type { CdrQuery } from './model';
import { isWanted } from './status-columns';

interface ServerRow extends ServerNow {
  up: number;
}

const columns: ReadonlyArray<{ name: keyof ServerRow; title: string; type: AnswerField['type']; unit?: string }> = [
  { name: 'server', title: 'Server', type: 'string' },
  { name: 'state', title: 'State', type: 'string' },
  { name: 'up', title: 'Up', type: 'number' },
  { name: 'silentSeconds', title: 'Last heard', type: 'number', unit: 's' },
  { name: 'clockOffset', title: 'Clock ahead', type: 'number', unit: 's' },
];

/** One row a PBX, at this moment. */
export function serversAnswer(servers: readonly ServerNow[], query: Pick<CdrQuery, 'filters' | 'columns'>): Answer {
  const { server: wanted } = query.filters;
  const shown = columns.filter(({ name }) => isWanted(name, 'servers', query.columns));
  const rows = servers
    .filter(({ server }) => !wanted?.length || wanted.includes(server))
    .map((server): ServerRow => ({ ...server, up: server.state === 'up' ? 1 : 0 }));
  return {
    name: 'PBX status',
    meta: { type: 'numeric-long', typeVersion: [0, 1], preferredVisualisationType: 'table' },
    fields: shown.map(({ name, title, type, unit }) => ({
      name,
      type,
      nullable: name === 'clockOffset',
      config: { displayNameFromDS: title, ...(unit ? { unit } : {}) },
      values: rows.map((row) => row[name]),
    })),
  };
}
