import { channelFields, type Channel } from './channel';
import type { Pbx } from './pbx';

/** A bridge in which two channels hear each other. */
export interface Bridge {
  id: string;
  members: Channel[];
}

export function openBridge(pbx: Pbx, ...channels: Channel[]): Bridge {
  const { random } = pbx;
  const id = [8, 4, 4, 4, 12].map((digits) => random.hex(digits)).join('-');
  const bridge: Bridge = { id, members: [] };
  pbx.emit('BridgeCreate', 'call', bridgeFields(bridge));
  channels.forEach((channel) => enterBridge(pbx, bridge, channel));
  return bridge;
}

export function enterBridge(pbx: Pbx, bridge: Bridge, channel: Channel): void {
  bridge.members.push(channel);
  pbx.emit('BridgeEnter', 'call', { ...bridgeFields(bridge), ...channelFields(channel) });
}

export function leaveBridge(pbx: Pbx, bridge: Bridge, channel: Channel): void {
  bridge.members = bridge.members.filter((member) => member !== channel);
  pbx.emit('BridgeLeave', 'call', { ...bridgeFields(bridge), ...channelFields(channel) });
  if (bridge.members.length === 0) {
    pbx.emit('BridgeDestroy', 'call', bridgeFields(bridge));
  }
}

export function bridgeFields({ id, members }: Bridge, prefix = ''): Record<string, string | number> {
  return {
    [`${prefix}BridgeUniqueid`]: id,
    [`${prefix}BridgeType`]: 'basic',
    [`${prefix}BridgeTechnology`]: 'simple_bridge',
    [`${prefix}BridgeCreator`]: '<unknown>',
    [`${prefix}BridgeName`]: '<unknown>',
    [`${prefix}BridgeNumChannels`]: members.length,
    [`${prefix}BridgeVideoSourceMode`]: 'none',
  };
}
