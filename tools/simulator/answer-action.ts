import type { Pbx } from './pbx';
import { queueStatus } from './queue-status';
import { wireFrame } from './wire';

/** An action as a client sent it through amiws. */
export interface ReceivedAction {
  Action: string;
  ActionID?: string;
}

type Answer = (pbx: Pbx, actionId: string, now: number) => string[];

const answers: Readonly<Record<string, Answer>> = {
  Ping: (pbx, ActionID, now) => [
    response(pbx, { Response: 'Success', ActionID, Ping: 'Pong', Timestamp: (now / 1000).toFixed(6) }),
  ],
  QueueStatus: (pbx, ActionID) => [
    response(pbx, { Response: 'Success', ActionID, EventList: 'start', Message: 'Queue status will follow' }),
    ...queueStatus(pbx, ActionID).map((fields) => wireFrame('event', pbx.id, pbx.options.server, fields)),
  ],
};

/** What a PBX answers; nothing to actions that it does not know. `now` in epoch milliseconds. */
export function answerAction(pbx: Pbx, { Action, ActionID = '' }: ReceivedAction, now: number): string[] {
  return answers[Action]?.(pbx, ActionID, now) ?? [];
}

function response(pbx: Pbx, fields: Record<string, string>): string {
  return wireFrame('response', pbx.id, pbx.options.server, fields);
}
