import type { Bridge } from './bridge';
import type { Leg } from './leg';
import type { QueueCall } from './queue-events';

/** An answered call of a queue under way. Instants in epoch milliseconds, holdTime in seconds. */
export interface QueueConversation {
  call: QueueCall;
  leg: Leg;
  bridge: Bridge;
  answeredAt: number;
  holdTime: number;
}
