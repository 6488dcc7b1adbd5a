import type { AmiwsSocket } from './amiws-socket';

/** Every action this program ever sends. Both only read; amiws would pass on any other one just as well. */
export type AmiAction = 'Ping' | 'QueueStatus';

/** Sends an action to every PBX behind amiws. Their answers carry the same `actionId`. */
export function sendAction(socket: AmiwsSocket, action: AmiAction, actionId: string): void {
  socket.send(JSON.stringify({ Action: action, ActionID: actionId }));
}
