import type { AmiMessage } from './parse-ami';

/** A message as amiws frames it: type 3 for an event, 4 for an answer; a key that comes again replaces the one before. */
export function amiwsFrame(serverId: number, serverName: string, message: AmiMessage): string {
  const type = message[0]?.[0] === 'Event' ? 3 : 4;
  const data = [...new Map(message)]
    .map(([key, value]) => `${JSON.stringify(key)}: ${JSON.stringify(value)}`)
    .join(',');
  return (
    `{ "type": ${type}, "server_id": ${serverId}, "server_name": ${JSON.stringify(serverName)}, ` +
    `"ssl": false, "data": {${data}}}`
  );
}
