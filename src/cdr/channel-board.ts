import { knownText } from './known-text';
import { channelKey } from './queue-line';
import { Room } from './room';
import { uniqueIdTime } from './wall-clock';

/** A channel as it stands until its next event. Times in epoch milliseconds; a text that is not known is empty. */
export interface Channel {
  server: string;
  uniqueId: string;
  linkedId: string;
  name: string;
  /** As Asterisk numbers them, see `channelStates`. */
  state: number;
  number: string;
  callerName: string;
  /** Where in the dialplan it began: the number dialled, of a caller's channel. */
  extension: string;
  context: string;
  accountCode: string;
  startTime: number;
  /** When it came into its state, or left a bridge. */
  since: number;
  /** Bridge in which it hears others. */
  bridge: string;
  bridgedAt: number | null;
  /** When its phone put the others on hold, or it was parked itself. */
  heldAt: number | null;
  /** Queue that it joined last. */
  queue: string;
  /** Interface of the queue member whom it rings. */
  member: string;
  heardAt: number;
}

/** States of a channel. Source: Asterisk, channelstate.h. */
export const channelStates = { down: 0, dialing: 3, ringing: 5 } as const;

type Fields = Readonly<Record<string, string>>;

/** What an event changes of its channel, besides what every event says of one. */
interface Step {
  /** The fields of the channel begin so. */
  prefix?: 'Dest';
  /**
   * True for events of the read class `call`: a channel of which nothing was heard yet is known from now on, since its end
   * will be heard.
   */
  isOfChannels?: boolean;
  change?: (channel: Channel, fields: Fields, at: number) => void;
}

const leaveBridge = (channel: Channel): void =>
  void Object.assign(channel, { bridge: '', bridgedAt: null, heldAt: null });

const steps: Readonly<Record<string, Step>> = {
  Newchannel: { isOfChannels: true, change: (channel, _, at) => void (channel.startTime = at) },
  Newstate: { isOfChannels: true },
  NewCallerid: { isOfChannels: true },
  DialBegin: { isOfChannels: true },
  Rename: { isOfChannels: true, change: (channel, { Newname }) => void (channel.name = knownText(Newname)) },
  BridgeEnter: {
    isOfChannels: true,
    change: (channel, fields, at) => {
      if (channel.bridge !== '' && channel.bridge === fields.BridgeUniqueid) {
        // Asterisk 11 says so again whenever it finds a shorter way between the phones.
        return;
      }
      leaveBridge(channel);
      if (fields.BridgeTechnology !== 'holding_bridge') {
        Object.assign(channel, { bridge: knownText(fields.BridgeUniqueid), bridgedAt: at });
      } else if (fields.BridgeType !== 'agent_hold') {
        // Parked, or put to wait by the dialplan. An agent of a pool waits for calls there.
        channel.heldAt = at;
      }
    },
  },
  BridgeLeave: {
    isOfChannels: true,
    change: (channel, _, at) => {
      leaveBridge(channel);
      channel.since = at;
    },
  },
  Hold: { isOfChannels: true, change: (channel, _, at) => void (channel.heldAt ??= at) },
  Unhold: { isOfChannels: true, change: (channel) => void (channel.heldAt = null) },
  QueueCallerJoin: { change: (channel, { Queue }) => void (channel.queue = knownText(Queue)) },
  AgentCalled: { prefix: 'Dest', change: (channel, { Interface }) => void (channel.member = knownText(Interface)) },
};

/** Channels of all PBXes that the board holds at most. */
const mostChannels = 100_000;
/** A channel of which nothing is heard for so long has ended unheard. Milliseconds. */
const longestSilence = 86_400_000;

/**
 * The channels of each PBX as its events of the read class `call` tell them. Those that began before the first event is heard are
 * known from their next event on. What is beyond its bound is not on it, and counted.
 */
export class ChannelBoard {
  /** The one of which nothing was heard for longest first. */
  private readonly byKey = new Map<string, Channel>();
  private readonly room = new Room(mostChannels);

  /**
   * True when the event changed the board.
   *
   * @param at by our clock, epoch milliseconds
   * @param ahead milliseconds that the PBX's clock is ahead of ours
   */
  apply(server: string, name: string, fields: Fields, at: number, ahead = 0): boolean {
    if (name === 'Hangup') {
      return this.remove(channelKey(server, fields.Uniqueid ?? ''));
    }
    const step = Object.hasOwn(steps, name) ? steps[name]! : null;
    const uniqueId = fields[`${step?.prefix ?? ''}Uniqueid`] ?? '';
    if (!step || uniqueId === '') {
      return false;
    }
    this.forgetSilent(at);
    const began = Math.min(at, (uniqueIdTime(uniqueId) ?? Infinity) - ahead);
    const channel = this.channel(server, uniqueId, step.isOfChannels === true, began);
    if (!channel) {
      return false;
    }
    update(channel, fields, step.prefix ?? '', at);
    step.change?.(channel, fields, at);
    return true;
  }

  get channels(): Iterable<Readonly<Channel>> {
    return this.byKey.values();
  }

  /** Channels that found no room. */
  get refused(): number {
    return this.room.refused;
  }

  /** Forgets a PBX that is not heard any more, or has started again. */
  forget(server: string): void {
    for (const [key, channel] of this.byKey) {
      if (channel.server === server) {
        this.remove(key);
      }
    }
  }

  clear(): void {
    [...this.byKey.keys()].forEach((key) => this.remove(key));
  }

  /** Null where it is not known and not to be, or where there is no room. */
  private channel(server: string, uniqueId: string, isToBeKnown: boolean, began: number): Channel | null {
    const key = channelKey(server, uniqueId);
    const known = this.byKey.get(key);
    if (!known && !(isToBeKnown && this.room.enter())) {
      return null;
    }
    const channel = known ?? newChannel(server, uniqueId, began);
    this.byKey.delete(key);
    this.byKey.set(key, channel);
    return channel;
  }

  private forgetSilent(at: number): void {
    for (const [key, { heardAt }] of this.byKey) {
      if (heardAt > at - longestSilence) {
        return;
      }
      this.remove(key);
    }
  }

  private remove(key: string): boolean {
    const isKnown = this.byKey.delete(key);
    this.room.leave(Number(isKnown));
    return isKnown;
  }
}

function newChannel(server: string, uniqueId: string, startTime: number): Channel {
  return {
    ...{ server, uniqueId, linkedId: uniqueId, name: '', state: -1, number: '', callerName: '' },
    ...{ extension: '', context: '', accountCode: '', startTime, since: startTime, bridge: '', bridgedAt: null },
    ...{ heldAt: null, queue: '', member: '', heardAt: startTime },
  };
}

/** What every event of a channel says of it. */
function update(channel: Channel, fields: Fields, prefix: string, at: number): void {
  const said = (name: string): string => knownText(fields[prefix + name]);
  const state = Number(said('ChannelState') || NaN);
  if (state >= 0 && state !== channel.state) {
    Object.assign(channel, { state, since: at });
  }
  channel.name = said('Channel') || channel.name;
  channel.linkedId = said('Linkedid') || channel.linkedId;
  channel.number = said('CallerIDNum') || channel.number;
  channel.callerName = said('CallerIDName') || channel.callerName;
  channel.extension ||= said('Exten');
  channel.context ||= said('Context');
  channel.accountCode ||= said('AccountCode');
  channel.heardAt = at;
}
