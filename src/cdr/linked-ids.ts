/** Channels and consultations that are remembered; of more, the oldest are forgotten. */
const capacity = 20_000;
/** Transfers of one call that follow one another. */
const deepest = 8;

/**
 * The call that each channel and each consultation belongs to, as events tell it. Records that bear no linked id of their
 * own (a PBX that maps none) have that of their channel.
 */
export class LinkedIds {
  /** By the id of a channel, and by the name of the half of a Local channel that is behind. */
  private readonly channels = new Map<string, string>();
  /** Linked id of the call that each consultation became part of. */
  private readonly consultations = new Map<string, string>();

  /**
   * An event of a channel bore a linked id. The first stands: a transfer, a pool of agents or a masquerade gives others
   * later. What goes on behind a Local channel is of the same call.
   * @param channel its name; empty where it is not known
   */
  hear(server: string, uniqueId: string, channel: string, linkedId: string): void {
    const behind = channel.endsWith(';1') ? `${channel.slice(0, -1)}2` : '';
    for (const key of [uniqueId, behind].filter(Boolean).map((id) => keyOf(server, id))) {
      if (linkedId !== '' && !this.channels.has(key)) {
        remember(this.channels, key, linkedId);
      }
    }
  }

  /** An attended transfer made a consultation part of a call. */
  join(server: string, consultation: string, linkedId: string): void {
    const call = this.callOf(server, linkedId);
    if (consultation !== '' && consultation !== call) {
      remember(this.consultations, keyOf(server, consultation), call);
    }
  }

  /** Linked id of a channel's call; the channel's own id where nothing was heard of it. */
  ofChannel(server: string, uniqueId: string, channel: string): string {
    return this.channels.get(keyOf(server, uniqueId)) ?? this.channels.get(keyOf(server, channel)) ?? uniqueId;
  }

  /** The call that a linked id is part of now. */
  callOf(server: string, linkedId: string): string {
    let call = linkedId;
    for (let depth = 0; depth < deepest; depth++) {
      const into = this.consultations.get(keyOf(server, call));
      if (into === undefined) {
        break;
      }
      call = into;
    }
    return call;
  }
}

const keyOf = (server: string, id: string): string => `${server}|${id}`;

function remember(map: Map<string, string>, key: string, value: string): void {
  map.set(key, value);
  if (map.size > capacity) {
    map.delete(map.keys().next().value!);
  }
}
