import { callKey, type CallId, type CallParts } from '../cdr/call-parts';
import type { QueueEvent } from '../cdr/queue-event';
import type { ChannelId, Transaction } from './engine';

/** No channel lives longer. Milliseconds. */
const longestChannel = 86_400_000;

export interface PlacedParts {
  parts: CallParts;
  /** Stored events that are part of one of `parts` now. */
  moved: QueueEvent[];
}

/**
 * Finds the calls of events that were read from a queue_log, which knows the caller's channel and no linked id: the call that
 * records or events of that channel are part of, whichever came first. Until then the channel is a call of its own.
 */
export class EventHomes {
  /** PBXes of which it is known whether events were read. */
  private readonly hasRead = new Map<string, boolean>();

  /** @param severalWriters others may import too, so that what was not there is asked for each time */
  constructor(private readonly severalWriters: boolean) {}

  async place(transaction: Transaction, parts: CallParts): Promise<PlacedParts> {
    const homeless = parts.events.filter(isHomeless);
    const others = [...parts.records, ...parts.events.filter((event) => !event.imported)];
    const moved = await this.strays(transaction, others);
    if (homeless.length + moved.length === 0) {
      return { parts, moved };
    }
    const found = homeless.length === 0 ? [] : await this.linkedIdsOf(transaction, homeless);
    const homes = homesOf([...found, ...others]);
    const place = (event: QueueEvent): QueueEvent =>
      isHomeless(event) ? { ...event, linkedId: homes.get(channelKey(event)) ?? event.linkedId } : event;
    return { parts: { ...parts, events: [...moved, ...parts.events].map(place) }, moved };
  }

  /** Events that are stored now: what comes later may be of the same call. */
  note(events: readonly QueueEvent[]): void {
    events.filter(({ imported }) => imported).forEach(({ server }) => this.hasRead.set(server, true));
  }

  private linkedIdsOf(
    { calls }: Transaction,
    events: readonly QueueEvent[]
  ): Promise<Array<ChannelId & Pick<CallId, 'linkedId'>>> {
    const times = events.map(({ at }) => at);
    const from = times.reduce((a, b) => Math.min(a, b)) - longestChannel;
    const to = times.reduce((a, b) => Math.max(a, b)) + longestChannel;
    return calls.linkedIdsOf(events, from, to);
  }

  /** Stored events that wait as a call of their own for one of these parts. */
  private async strays(transaction: Transaction, parts: ReadonlyArray<ChannelId & CallId>): Promise<QueueEvent[]> {
    const servers = await this.serversThatRead(transaction, [...new Set(parts.map(({ server }) => server))]);
    const ids = parts
      .filter((part) => servers.has(part.server) && isPartOfAnother(part))
      .map(({ server, uniqueId }): CallId => ({ server, linkedId: uniqueId }));
    const sought = new Map(ids.map((id) => [callKey(id), id]));
    const known = await transaction.calls.read([...sought.values()]);
    return [...known.values()]
      .filter(({ records, events }) => records.length === 0 && events.every(isHomeless))
      .flatMap(({ events }) => events);
  }

  private async serversThatRead({ calls }: Transaction, servers: readonly string[]): Promise<Set<string>> {
    const asked = servers.filter((server) => {
      const hasRead = this.hasRead.get(server);
      return hasRead === undefined || (this.severalWriters && !hasRead);
    });
    if (asked.length > 0) {
      const found = new Set(await calls.serversOfQueueLogs(asked));
      asked.forEach((server) => this.hasRead.set(server, found.has(server)));
    }
    return new Set(servers.filter((server) => this.hasRead.get(server)));
  }
}

/** The call of each channel; none where the channel itself gave the call its id. */
function homesOf(parts: ReadonlyArray<ChannelId & Pick<CallId, 'linkedId'>>): Map<string, string> {
  return new Map(
    [...Map.groupBy(parts, channelKey)].flatMap(([key, same]): Array<[string, string]> => {
      const ids = same.map(({ linkedId }) => linkedId).sort();
      return same.some((part) => !isPartOfAnother(part)) ? [] : [[key, ids[0]!]];
    })
  );
}

const isHomeless = (event: QueueEvent): boolean => event.imported && !isPartOfAnother(event);
const isPartOfAnother = ({ uniqueId, linkedId }: Omit<ChannelId & CallId, 'server'>): boolean => uniqueId !== linkedId;
const channelKey = ({ server, uniqueId }: ChannelId): string => `${server}|${uniqueId}`;
