import { leadsTo, type DirectionInput } from './direction';
import { isPersonChannel } from './person-answer';
import type { Direction } from './record';

/**
 * The endpoint of the channel that leads outside, such as `PJSIP/trunk-acme`; of two, that of the caller. Where no pattern
 * knows it, the direction tells the end that is outside. Empty where there is none.
 */
export function trunkOf(
  isExternal: (channel: string) => boolean
): (record: DirectionInput, direction: Direction) => string {
  return (record, direction) => {
    const ends = [record.channel, ...leadsTo(record)].filter(isPersonChannel);
    const byDirection = direction === 'inbound' ? record.channel : direction === 'outbound' ? leadsTo(record)[0] : '';
    const found = ends.find(isExternal) ?? (isPersonChannel(byDirection ?? '') ? byDirection! : '');
    return endpointOf(found);
  };
}

/** A channel's name without what tells it from others of its endpoint. Source: the channel drivers of Asterisk 11 to 22. */
function endpointOf(channel: string): string {
  const line = /^((?:DAHDI|Zap|mISDN|MGCP)\/[^/-]+)/.exec(channel);
  return line?.[1] ?? channel.replace(channel.startsWith('IAX2/') ? /-\d+$/ : /-[0-9a-f]{8,}$/, '');
}
