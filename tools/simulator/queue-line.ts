import type { Channel } from './channel';
import type { Queue } from './staff';

export interface QueueCaller {
  channel: Channel;
  /** Epoch milliseconds. */
  joinedAt: number;
  originalPosition: number;
}

/** Who waits in a queue, and what app_queue has counted of those who no longer do. Spans in seconds. */
export class QueueLine {
  readonly waiting: QueueCaller[] = [];
  completed = 0;
  abandoned = 0;
  answeredInTime = 0;
  abandonedInTime = 0;
  holdTime = 0;
  talkTime = 0;

  constructor(readonly queue: Queue) {}

  join(channel: Channel, joinedAt: number): QueueCaller {
    const caller = { channel, joinedAt, originalPosition: this.waiting.length + 1 };
    this.waiting.push(caller);
    return caller;
  }

  /** Counted from 1. */
  position(caller: QueueCaller): number {
    return this.waiting.indexOf(caller) + 1;
  }

  leave(caller: QueueCaller): void {
    this.waiting.splice(this.waiting.indexOf(caller), 1);
  }

  /** app_queue counts a call as completed when it ends, but its hold time when it is answered. */
  countAnswer(holdTime: number): void {
    this.holdTime = average(this.holdTime, holdTime);
    this.answeredInTime += holdTime <= this.queue.serviceLevel ? 1 : 0;
  }

  countCompleted(talkTime: number): void {
    this.completed++;
    this.talkTime = average(this.talkTime, talkTime);
  }

  countAbandoned(holdTime: number): void {
    this.abandoned++;
    this.abandonedInTime += holdTime <= this.queue.serviceLevel ? 1 : 0;
  }
}

/** The running average of app_queue (recalc_holdtime). */
function average(old: number, fresh: number): number {
  return Math.floor((old * 3 + fresh) / 4);
}
