import type { AmiMessage } from './ami-connection';

/** A message as amiws frames it: type 3 for an event, 4 for an answer. */
export function amiwsFrame(serverId: number, serverName: string, message: AmiMessage): string {
  const type = 'Event' in message ? 3 : 4;
  const data = Object.entries(message)
    .map(([key, value]) => `${JSON.stringify(key)}: ${JSON.stringify(value)}`)
    .join(',');
  return (
    `{ "type": ${type}, "server_id": ${serverId}, "server_name": ${JSON.stringify(serverName)}, ` +
    `"ssl": false, "data": {${data}}}`
  );
}
