/**
 * Columns of the answers that tell of this moment, besides those that name the row. An alert rule has to choose one:
 * Grafana takes each number of a row for a value of its own, and two of the same labels for a mistake.
 */
export const statusColumns = {
  queueStatus: [
    'callersWaiting',
    'longestWait',
    'agentsFree',
    'agentsBusy',
    'agentsPaused',
    'agentsInWrapUp',
    'agentsUnavailable',
  ],
  agentStatus: ['state', 'stateSeconds', 'pauseReason', 'pausedSeconds', 'phone', 'teams', 'queues', 'servers'],
  callsNow: ['state', 'agent', 'ringing', 'startTime', 'since', 'stateSeconds', 'duration'],
  callersWaiting: ['position', 'ringing', 'since', 'waitTime'],
  servers: ['state', 'up', 'silentSeconds', 'clockOffset'],
} as const;

export type StatusQueryType = keyof typeof statusColumns;
export type StatusColumn = (typeof statusColumns)[StatusQueryType][number];

/** Whether a column is in the answer: it names the row, or it is wanted. */
export function isWanted(name: string, type: StatusQueryType, wanted: readonly StatusColumn[]): boolean {
  const columns: readonly string[] = statusColumns[type];
  return wanted.length === 0 || !columns.includes(name) || wanted.some((column) => column === name);
}
