import type { AmiMessage } from '../../tools/bridge/parse-ami';
import { valueOf } from '../../tools/bridge/ami-connection';

/** A queue as the PBX itself counts it: AMI QueueParams. Times in seconds, levels in percent. */
export interface QueueParams {
  queue: string;
  completed: number;
  abandoned: number;
  holdTime: number;
  talkTime: number;
  serviceLevel: number;
  serviceLevel2: number;
}

export function queueParams(message: AmiMessage): QueueParams | null {
  if (valueOf(message, 'Event') !== 'QueueParams') {
    return null;
  }
  const number = (key: string): number => Number(valueOf(message, key));
  return {
    queue: valueOf(message, 'Queue'),
    completed: number('Completed'),
    abandoned: number('Abandoned'),
    holdTime: number('Holdtime'),
    talkTime: number('TalkTime'),
    serviceLevel: number('ServicelevelPerf'),
    serviceLevel2: number('ServicelevelPerf2'),
  };
}

/**
 * The running average that app_queue keeps for Holdtime and TalkTime: the first value as it is, then three quarters of the
 * average and a quarter of the new one, in whole seconds.
 */
export function runningAverage(values: readonly number[]): number {
  return values.reduce((average, value, index) => (index === 0 ? value : (average * 3 + value) >> 2), 0);
}
