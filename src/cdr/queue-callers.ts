import { refused } from './queue-event-from-fields';
import type { QueueEvent } from './queue-event';

/** A caller's stay in a queue, and the talk that followed, by the ids it began with. Times in epoch milliseconds. */
interface Stay {
  uniqueId: string;
  linkedId: string;
  queue: string;
  joinTime: number;
  /** What it began with. */
  joined: QueueEvent;
  /** Of the member who answered; null while nobody has. */
  connect: Pick<QueueEvent, 'at' | 'interface' | 'memberUniqueId' | 'memberChannel'> | null;
}

/** Stays and rings that are remembered; of more, the oldest are forgotten. */
const capacity = 20_000;
/** HoldTime and TalkTime are whole seconds, cut off or rounded. Milliseconds. */
const slack = 1_500;

/**
 * Finds the stay that each queue event belongs to. Asterisk changes a caller's ids on the way: a Local channel is
 * optimized away, a transfer puts another caller into the stay, a pool of agents or a masquerade gives another linked
 * id. The event then gets the ids that the stay began with: by caller and queue, by the channel that rang the member, or by
 * queue, member and the times that the event itself bears.
 */
export class QueueCallers {
  private readonly stays = new Map<string, Stay>();
  /** Stays of each queue. */
  private readonly queues = new Map<string, Set<Stay>>();
  /** By the channel that rings or rang a member. */
  private readonly rings = new Map<string, Stay>();
  /** The last stay of each channel that is in a queue. */
  private readonly channels = new Map<string, Stay>();
  /** Channel that a stay began with, by the one that took its place. */
  private readonly places = new Map<string, string>();
  /** By server, from when on it was heard without a break. */
  private readonly since = new Map<string, number>();

  /** A channel has taken the place of another, as Asterisk itself says. */
  replace(server: string, uniqueId: string, by: string): void {
    if (uniqueId !== '' && by !== '' && uniqueId !== by) {
      const channel = { server, uniqueId };
      remember(this.places, channelKey({ server, uniqueId: by }), this.places.get(channelKey(channel)) ?? uniqueId);
    }
  }

  /** Something of a PBX was heard, epoch milliseconds by its clock. */
  heard(server: string, at: number): void {
    if (!this.since.has(server)) {
      this.since.set(server, at);
    }
  }

  /** A PBX was not heard for a while: who joined its queues meanwhile is not known. */
  interrupted(server: string): void {
    this.since.delete(server);
  }

  /** The event with the ids of its stay; null where it tells nothing of a queue or of a phone. */
  place(event: QueueEvent): QueueEvent | null {
    switch (event.name) {
      case 'Hangup':
        return this.hungUp(event);
      case 'BridgeEnter':
        return this.bridged(event);
      case 'AttendedTransfer':
      case 'BlindTransfer':
        return event;
      case 'DialEnd':
        // How a queue's ring ended is said by the queue's own events.
        return this.rings.has(ringKey(event)) ? null : event;
      case 'QueueCallerJoin':
        this.open(event, event.at);
        return event;
      default:
        return this.ofStay(event);
    }
  }

  /** A hang-up of each caller who joined before a PBX started, and waited or talked until then. */
  ended(server: string, startedAt: number): QueueEvent[] {
    const here = [...this.stays].filter(([key, { joinTime }]) => key.startsWith(`${server}|`) && joinTime < startedAt);
    return here.map(([key, stay]) => {
      this.close(key, stay);
      return { ...stay.joined, name: 'Hangup', at: startedAt, queue: '', position: null, caller: null };
    });
  }

  private ofStay(event: QueueEvent): QueueEvent | null {
    const stay = this.find(event) ?? this.begun(event);
    if (!stay) {
      return withCaller(event);
    }
    if (event.name === 'AgentCalled') {
      remember(this.rings, ringKey(event), stay);
    } else if (event.name === 'AgentConnect') {
      stay.connect = event;
      remember(this.rings, ringKey(event), stay);
    } else if (event.name === 'AgentComplete' || event.name === 'QueueCallerAbandon') {
      this.close(stayKey(stay.joined), stay);
    }
    const { uniqueId, linkedId, connect } = stay;
    return event.name === 'AgentComplete' && connect
      ? { ...event, uniqueId, linkedId, memberUniqueId: connect.memberUniqueId, memberChannel: connect.memberChannel }
      : { ...event, uniqueId, linkedId };
  }

  private find(event: QueueEvent): Stay | undefined {
    const place = this.places.get(channelKey(event)) ?? event.uniqueId;
    const own = this.stays.get(stayKey(event)) ?? this.stays.get(stayKey({ ...event, uniqueId: place }));
    const rung = event.memberUniqueId === '' ? undefined : this.rings.get(ringKey(event));
    return own ?? (rung?.queue === event.queue ? rung : undefined) ?? this.byTimes(event);
  }

  /**
   * The stay in the same queue that began, or whose talk began, when the event says that its own did. A PBX that was held
   * up sends the beginning late: an event that names no caller then belongs to the one talk of that member in that queue.
   * Whose joining was not heard, since nobody listened then, is another caller, unless it is the same call.
   */
  private byTimes(event: QueueEvent): Stay | undefined {
    const { server, name, uniqueId, linkedId, queue, interface: member, at, ...spans } = event;
    const isTalk = name === 'AgentComplete';
    const seconds = isTalk ? spans.talkTime : spans.holdTime;
    if (seconds === null) {
      return undefined;
    }
    const began = at - seconds * 1000;
    const isHeard =
      at - ((spans.holdTime ?? 0) + (spans.talkTime ?? 0)) * 1000 >= (this.since.get(server) ?? 0) - slack;
    const same = [...(this.queues.get(`${server}|${queue}`) ?? [])].filter(
      (stay) =>
        (isTalk ? stay.connect?.interface === member : stay.connect === null) &&
        (isHeard || uniqueId === '' || stay.linkedId === linkedId)
    );
    const found = same.find(({ connect, joinTime }) => Math.abs((connect?.at ?? joinTime) - began) <= slack);
    return found ?? (uniqueId === '' && same.length === 1 ? same[0] : this.answeredUnheard(event));
  }

  /** Of a talk that names no caller and whose beginning was not heard: the one stay that began as long ago as it says. */
  private answeredUnheard({ server, name, uniqueId, queue, at, holdTime, talkTime }: QueueEvent): Stay | undefined {
    if (name !== 'AgentComplete' || uniqueId !== '' || holdTime === null || talkTime === null) {
      return undefined;
    }
    const joinedAt = at - (holdTime + talkTime) * 1000;
    const waiting = [...(this.queues.get(`${server}|${queue}`) ?? [])].filter(
      ({ connect, joinTime }) => connect === null && Math.abs(joinTime - joinedAt) <= 2 * slack
    );
    return waiting.length === 1 ? waiting[0] : undefined;
  }

  /** A stay whose joining was not heard; what leaves such a one tells nothing more of it. */
  private begun(event: QueueEvent): Stay | null {
    return event.name === 'AgentCalled' || event.name === 'AgentConnect'
      ? this.open(event, event.at - (event.holdTime ?? 0) * 1000)
      : null;
  }

  private open(event: QueueEvent, joinTime: number): Stay {
    const { uniqueId, linkedId, queue } = event;
    const stay: Stay = { uniqueId, linkedId, queue, joinTime, joined: event, connect: null };
    const before = this.stays.get(stayKey(event));
    if (before) {
      this.close(stayKey(event), before);
    }
    const [oldest] = this.stays;
    if (oldest && this.stays.size >= capacity) {
      this.close(...oldest);
    }
    this.stays.set(stayKey(event), stay);
    const line = this.queues.get(queueKey(event)) ?? new Set();
    this.queues.set(queueKey(event), line.add(stay));
    remember(this.channels, channelKey(event), stay);
    return stay;
  }

  private close(key: string, stay: Stay): void {
    this.stays.delete(key);
    const line = this.queues.get(queueKey(stay.joined));
    line?.delete(stay);
    if (line?.size === 0) {
      this.queues.delete(queueKey(stay.joined));
    }
  }

  /** A caller who waits enters no bridge, unless he is taken out of the queue (AMI Bridge, a call that is taken over). */
  private bridged(event: QueueEvent): QueueEvent | null {
    const stay = this.channels.get(channelKey(event));
    const isWaiting = stay?.connect === null && this.stays.get(stayKey(stay.joined)) === stay;
    return isWaiting ? { ...event, linkedId: stay.linkedId } : null;
  }

  /** Only the hang-up of a channel that was in a queue, or of a phone that refused a call, tells something. */
  private hungUp(event: QueueEvent): QueueEvent | null {
    if (event.dialStatus === refused) {
      return event;
    }
    const stay = this.channels.get(channelKey(event));
    this.channels.delete(channelKey(event));
    return stay === undefined ? null : { ...event, linkedId: stay.linkedId };
  }
}

/** An event that bears no caller, and whose stay was not heard: the channel of the member stands for him, if there is one. */
function withCaller(event: QueueEvent): QueueEvent | null {
  const uniqueId = event.uniqueId || event.memberUniqueId;
  return uniqueId === '' ? null : { ...event, uniqueId, linkedId: event.linkedId || uniqueId };
}

function remember<T>(map: Map<string, T>, key: string, value: T): void {
  map.delete(key);
  map.set(key, value);
  if (map.size > capacity) {
    map.delete(map.keys().next().value!);
  }
}

const channelKey = ({ server, uniqueId }: Pick<QueueEvent, 'server' | 'uniqueId'>): string => `${server}|${uniqueId}`;
const queueKey = ({ server, queue }: QueueEvent): string => `${server}|${queue}`;
const stayKey = (event: QueueEvent): string => `${channelKey(event)}|${event.queue}`;
const ringKey = ({ server, memberUniqueId }: QueueEvent): string => `${server}|${memberUniqueId}`;
