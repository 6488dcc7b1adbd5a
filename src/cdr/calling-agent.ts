import { mappedText } from './mapped-text';
import { isPersonChannel } from './person-answer';
import type { CdrRecord } from './record';

type Caller = Pick<CdrRecord, 'channel' | 'direction' | 'custom'>;

/**
 * Who called out or a colleague: the agent of the caller's phone, whatever number the trunk shows. A call that a Local
 * channel sets up (click to call) has FreePBX's `cnum`. Empty for calls from outside.
 */
export function callingAgentOf(agent: (channel: string) => string): (record: Caller) => string {
  return ({ channel, direction, custom }) => {
    if (direction !== 'outbound' && direction !== 'internal') {
      return '';
    }
    if (isPersonChannel(channel)) {
      return agent(channel) || mappedText(custom, 'cnum');
    }
    // A Local channel inside the PBX may be that of a queue, whose caller is another one.
    return direction === 'outbound' ? mappedText(custom, 'cnum') : '';
  };
}
