import type { QueueLogLine } from '../../src/cdr/queue-log-line';

/** A line of the file, as Asterisk writes it. */
export function queueLogText({ time: at, callId, queue, agent, event: name, data }: QueueLogLine): string {
  return [at, callId, queue, agent, name, ...(data.length === 0 ? [''] : data)].join('|');
}
