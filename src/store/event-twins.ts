import { queueEventKey } from '../cdr/call-parts';
import type { QueueEvent } from '../cdr/queue-event';

/** Two processes read the same event from the wire at most so far apart, milliseconds. */
export const heardApart = 5_000;
/** Stored events of which it is known that this process heard them: those of the last minutes. */
const mostClaimed = 100_000;

/**
 * Finds events that another process heard and stored: of PBXes that add no time to their events, each process knows when it
 * heard them. They match without that time, within some seconds, one to one: a stored event that was matched once, or that
 * this process stored, is matched by no other one, so that two equal events a few seconds apart both stay.
 */
export class EventTwins {
  private readonly claimed = new Set<string>();

  /**
   * Those of `heard`, by this process, that nobody stored.
   *
   * @param stored all events of the call that are stored
   * @param lateness milliseconds by which this process may have heard them later than others
   * @param claim given the keys that count as heard by this process once what is fresh is durable: see `claim`
   */
  fresh(
    stored: readonly QueueEvent[],
    heard: readonly QueueEvent[],
    lateness: number,
    claim: (key: string) => void
  ): QueueEvent[] {
    const storedKeys = new Set(stored.map(queueEventKey));
    const heardKeys = new Set(heard.map(queueEventKey));
    const isFree = (key: string): boolean => !this.claimed.has(key) && !heardKeys.has(key);
    const free = Map.groupBy(
      stored.filter((event) => isFree(queueEventKey(event))),
      likeness
    );
    heardKeys.forEach(claim);
    return heard.filter((event) => {
      if (storedKeys.has(queueEventKey(event))) {
        return false;
      }
      const alike = free.get(likeness(event)) ?? [];
      const twin = nearest(alike, event.at, heardApart + lateness);
      if (twin) {
        alike.splice(alike.indexOf(twin), 1);
        claim(queueEventKey(twin));
      }
      return !twin;
    });
  }

  /** These stored events were heard by this process, or are what another one made of what it heard. */
  claim(keys: Iterable<string>): void {
    for (const key of keys) {
      this.claimed.delete(key);
      this.claimed.add(key);
    }
    for (const oldest of this.claimed) {
      if (this.claimed.size <= mostClaimed) {
        break;
      }
      this.claimed.delete(oldest);
    }
  }
}

/** What two processes know alike of an event. */
function likeness({ server, name, uniqueId, queue, memberUniqueId, interface: member }: QueueEvent): string {
  return [server, name, uniqueId, queue, memberUniqueId, member].join('|');
}

function nearest(alike: readonly QueueEvent[], at: number, most: number): QueueEvent | null {
  const distance = (event: QueueEvent): number => Math.abs(event.at - at);
  const near = alike.filter((event) => distance(event) <= most);
  return near.reduce<QueueEvent | null>((best, one) => (best && distance(best) <= distance(one) ? best : one), null);
}
