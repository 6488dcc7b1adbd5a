import type { Fact } from './measures';

/**
 * What goes on at the same time, and of which facts it is: calls from their start to their end, calls in queues from joining to
 * the end of the talk, callers who wait from joining to leaving. Source of the words: ITU-T E.600.
 */
export const loads = {
  calls: 'call',
  queueCalls: 'visit',
  waitingCallers: 'visit',
} as const satisfies Record<string, Fact>;

export type Load = keyof typeof loads;
