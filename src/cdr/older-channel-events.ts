import { knownText } from './known-text';

type Fields = Readonly<Record<string, string>>;
export type NamedEvent = readonly [name: string, fields: Fields];

/** What is known of a channel of an Asterisk whose events bear no linked id. */
interface OlderChannel {
  uniqueId: string;
  linkedId: string;
  number: string;
  callerName: string;
}

/** Channels that are remembered; of more, the oldest are forgotten. */
const capacity = 20_000;
const masked = /<MASQ>$/;

/**
 * Says what Asterisk 11 and before tell of channels as Asterisk 12 and later do: `Bridge` (`Link` and `Unlink` before 1.6) as
 * BridgeEnter and BridgeLeave of both channels, `Hold` with `Status: Off` as Unhold. Their events bear no linked id: a channel that
 * another dials (`Dial`), that a queue calls (`AgentCalled`) or that is the other half of a Local channel has that of the first one.
 * Source: manager events of channel.c, app_dial.c, app_queue.c and chan_sip.c of Asterisk 11.25.
 */
export class OlderChannelEvents {
  private readonly channels = new Map<string, OlderChannel>();
  /** Of each PBX, the channel whose name another one is to have. */
  private readonly masquerades = new Map<string, OlderChannel>();

  ofToday(server: string, name: string, fields: Fields): readonly NamedEvent[] {
    if (fields.Linkedid !== undefined || fields.DestLinkedid !== undefined) {
      return [[name, fields]];
    }
    switch (name) {
      case 'Newchannel':
      case 'Newstate':
      case 'NewCallerid':
        return [[name, this.known(server, fields)]];
      case 'Bridge':
        return bridged(fields, fields.Bridgestate === 'Unlink' ? 'BridgeLeave' : 'BridgeEnter');
      case 'Link':
        return bridged(fields, 'BridgeEnter');
      case 'Unlink':
        return bridged(fields, 'BridgeLeave');
      case 'Hold':
        return [[fields.Status === 'Off' ? 'Unhold' : 'Hold', fields]];
      case 'Dial':
        return this.dials(server, fields, fields.Channel, fields.Destination);
      case 'AgentCalled':
        return this.agentCalled(server, fields);
      case 'Rename':
        return this.renamed(server, fields);
      case 'Hangup':
        this.channels.delete(keyOf(server, fields.Channel));
        return [[name, fields]];
      default:
        return [[name, fields]];
    }
  }

  /** The fields with the linked id of their channel. */
  private known(server: string, fields: Fields): Fields {
    const { Channel: channel = '', Uniqueid: uniqueId = '' } = fields;
    if (channel === '' || uniqueId === '') {
      return fields;
    }
    const key = keyOf(server, channel);
    const before = this.channels.get(key) ?? this.channels.get(keyOf(server, otherHalf(channel)));
    const heard = {
      uniqueId,
      linkedId: before?.linkedId ?? uniqueId,
      number: knownText(fields.CallerIDNum) || (before?.number ?? ''),
      callerName: knownText(fields.CallerIDName) || (before?.callerName ?? ''),
    };
    this.remember(key, heard);
    return { ...fields, Linkedid: heard.linkedId };
  }

  /** One channel rings another: both are of one call. Both by their names. */
  private dials(server: string, fields: Fields, from = '', to = ''): NamedEvent[] {
    const [caller, called] = [from, to].map((name) => this.channels.get(keyOf(server, name)));
    if (!caller || !called || (fields.SubEvent ?? 'Begin') !== 'Begin') {
      return [];
    }
    const behind = this.channels.get(keyOf(server, otherHalf(to))) ?? called;
    return [...new Set([called, behind])].map((channel) => {
      channel.linkedId = caller.linkedId;
      return ['DialBegin', { Uniqueid: channel.uniqueId, Linkedid: channel.linkedId }];
    });
  }

  private agentCalled(server: string, fields: Fields): NamedEvent[] {
    const { ChannelCalling: caller, DestinationChannel: to = '' } = fields;
    const called = this.channels.get(keyOf(server, to));
    const dest = called && { DestChannel: to, DestUniqueid: called.uniqueId, Interface: fields.AgentCalled ?? '' };
    return [...this.dials(server, {}, caller, to), ['AgentCalled', { ...fields, ...dest }]];
  }

  /**
   * A channel takes the place of another (a transfer by SIP, a call that is picked up, a Local channel that is optimized away): it
   * goes on under the unique id of the other, and the other one ends. Three renames say so: `caller` to `caller<MASQ>`, `other` to
   * `caller`, `caller<MASQ>` to `other<ZOMBIE>`.
   */
  private renamed(server: string, fields: Fields): NamedEvent[] {
    const { Channel: name = '', Newname: newName = '', Uniqueid: uniqueId = '' } = fields;
    const channel = this.channels.get(keyOf(server, name));
    const mover = this.masquerades.get(server);
    this.masquerades.delete(server);
    if (masked.test(newName) && channel) {
      this.masquerades.set(server, channel);
      return [];
    }
    this.channels.delete(keyOf(server, name));
    if (mover && !masked.test(name)) {
      this.remember(keyOf(server, newName), { ...mover, uniqueId });
      const { number: CallerIDNum, callerName: CallerIDName, linkedId: Linkedid } = mover;
      const moved = { Channel: newName, Uniqueid: uniqueId, CallerIDNum, CallerIDName, Linkedid };
      return [
        ['Rename', fields],
        ['NewCallerid', moved],
      ];
    }
    if (channel) {
      this.remember(keyOf(server, newName), channel);
    }
    return [['Rename', fields]];
  }

  private remember(key: string, channel: OlderChannel): void {
    this.channels.delete(key);
    this.channels.set(key, channel);
    if (this.channels.size > capacity) {
      this.channels.delete(this.channels.keys().next().value!);
    }
  }
}

/** Both channels of a talk. */
function bridged(fields: Fields, name: 'BridgeEnter' | 'BridgeLeave'): NamedEvent[] {
  const BridgeUniqueid = `${fields.Uniqueid1 ?? ''}|${fields.Uniqueid2 ?? ''}`;
  return (['1', '2'] as const).map((end) => {
    const [Channel, Uniqueid] = [fields[`Channel${end}`] ?? '', fields[`Uniqueid${end}`] ?? ''];
    return [name, { Channel, Uniqueid, BridgeUniqueid }];
  });
}

/** Name of the other half of a Local channel; of any other channel, its own. */
const otherHalf = (name: string): string => name.replace(/;[12]$/, (half) => (half === ';1' ? ';2' : ';1'));
const keyOf = (server: string, channel = ''): string => `${server}|${channel}`;
