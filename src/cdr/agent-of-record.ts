import { interfaceOf } from './agent';
import type { CdrRecord } from './record';

/** Agent that a record tells of; where it leads into a Local channel of which no more is known, the channel's interface. */
export function agentOfRecord({ agent, destinationChannel }: CdrRecord): string {
  return agent || (destinationChannel.startsWith('Local/') ? interfaceOf(destinationChannel) : '');
}
