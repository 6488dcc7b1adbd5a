import { passesBy } from '../cdr/filters';
import type { ServerNow } from '../cdr/server-now';
import type { Answer } from './answer';
import type { CdrQuery } from '../query/model';
import { statusAnswer, type StatusField } from './status-answer';

interface ServerRow extends ServerNow {
  up: number;
}

const fields: ReadonlyArray<StatusField<ServerRow>> = [
  { name: 'server', title: 'Server', type: 'string' },
  { name: 'state', title: 'State', type: 'string' },
  { name: 'up', title: 'Up', type: 'number' },
  { name: 'silentSeconds', title: 'Last heard', type: 'number', unit: 's' },
  { name: 'clockOffset', title: 'Clock ahead', type: 'number', unit: 's', nullable: true },
];

/** One row a PBX, at this moment. */
export function serversAnswer(
  servers: readonly ServerNow[],
  { filters, columns }: Pick<CdrQuery, 'filters' | 'columns'>
): Answer {
  const rows = servers
    .filter(({ server }) => passesBy(filters, { server }))
    .map((server): ServerRow => ({ ...server, up: server.state === 'up' ? 1 : 0 }));
  return statusAnswer({ name: 'PBX status', type: 'servers', fields }, rows, columns);
}
