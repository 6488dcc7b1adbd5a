import { queueEventKey } from '../cdr/call-parts';
import type { QueueEvent } from '../cdr/queue-event';

/** Two readings of the same event tell times that are at most so far apart, milliseconds. */
const heardApart = 5_000;
/** Stored events of which it is known that this process heard them: those of the last minutes. */
const mostClaimed = 100_000;

export interface SettledEvents {
  /** Added events to store. */
  fresh: QueueEvent[];
  /** Stored events in whose place one of `fresh` stands. */
  gone: QueueEvent[];
}

/**
 * Finds added events that are stored already though they differ in their time: another process heard them, from a PBX that
 * adds no time to its events, or its queue_log tells of them in whole seconds. They match without that time, within some
 * seconds, one to one: a stored event that was matched once, or that this process heard, is matched by no other one that is
 * heard, so that two equal events a few seconds apart both stay. What was heard takes the place of what was read.
 */
export class EventTwins {
  private readonly claimed = new Set<string>();

  /** @param severalWriters other processes store what they heard too */
  constructor(private readonly severalWriters: boolean) {}

  /**
   * @param stored all events of the call that are stored
   * @param added heard by this process, or read from the queue_log
   * @param lateness milliseconds by which this process may have heard them later than others
   * @param claim given the keys that count as heard by this process once what is fresh is durable: see `claim`
   */
  settle(
    stored: readonly QueueEvent[],
    added: readonly QueueEvent[],
    lateness: number,
    claim: (key: string) => void
  ): SettledEvents {
    const isRead = ({ imported }: QueueEvent): boolean => imported;
    const read = inOrderOnce(added.filter(isRead));
    if (!this.severalWriters && read.length === 0 && !stored.some(isRead)) {
      return { fresh: [...added], gone: [] };
    }
    const { fresh, gone } = this.settleHeard(
      stored,
      added.filter((event) => !event.imported),
      lateness,
      claim
    );
    const left = new Set(gone);
    const settled = settleRead([...stored.filter((event) => !left.has(event)), ...fresh], read);
    const outdone = new Set(settled.gone);
    return {
      fresh: [...fresh.filter((event) => !outdone.has(event)), ...settled.fresh],
      gone: [...gone, ...settled.gone],
    };
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

  private settleHeard(
    stored: readonly QueueEvent[],
    heard: readonly QueueEvent[],
    lateness: number,
    claim: (key: string) => void
  ): SettledEvents {
    const storedKeys = new Set(stored.map(queueEventKey));
    const heardKeys = new Set(heard.map(queueEventKey));
    const isFree = (key: string): boolean => this.severalWriters && !this.claimed.has(key) && !heardKeys.has(key);
    const free = stored.filter((event) => event.imported || isFree(queueEventKey(event)));
    const unknown = heard.filter((event) => !storedKeys.has(queueEventKey(event)));
    const twins = twinsOf(free, unknown, heardApart + lateness);
    heardKeys.forEach(claim);
    [...twins.values()].filter(({ imported }) => !imported).forEach((twin) => claim(queueEventKey(twin)));
    return {
      fresh: unknown.filter((event) => twins.get(event)?.imported ?? true),
      gone: [...twins.values()].filter(({ imported }) => imported),
    };
  }
}

/**
 * Events of whole seconds seem to come before others of the same second: each stands behind those that the queue_log has
 * before it. What is read again by the member's interface takes the place of what was read by his name.
 */
function settleRead(known: readonly QueueEvent[], read: readonly QueueEvent[]): SettledEvents {
  const twins = twinsOf(known, read, heardApart);
  const fresh: QueueEvent[] = [];
  const gone: QueueEvent[] = [];
  const latest = new Map<string, QueueEvent>();
  for (const event of read) {
    const stay = `${event.uniqueId}|${event.queue}`;
    const twin = twins.get(event);
    const before = latest.get(stay);
    if (twin) {
      latest.set(stay, before && before.at > twin.at ? before : twin);
    }
    if (twin?.imported && isInterface(event.interface) && !isInterface(twin.interface)) {
      gone.push(twin);
      fresh.push({ ...twin, interface: event.interface });
    } else if (!twin) {
      const isBefore = before !== undefined && before.at >= event.at && before.at - event.at <= heardApart;
      fresh.push(isBefore ? { ...event, at: before.at, arrival: Math.max(event.arrival, before.arrival + 1) } : event);
    }
  }
  return { fresh, gone };
}

/** Those that moved from two other calls are there twice. */
function inOrderOnce(events: readonly QueueEvent[]): QueueEvent[] {
  const once = new Map(events.map((event) => [queueEventKey(event), event]));
  return [...once.values()].sort((a, b) => a.at - b.at || a.arrival - b.arrival);
}

/** The known events that added ones are, as far as both tell: the nearest first, one to one. */
function twinsOf(
  known: readonly QueueEvent[],
  added: readonly QueueEvent[],
  most: number
): Map<QueueEvent, QueueEvent> {
  const alike = Map.groupBy(known, likeness);
  const pairs = added.flatMap((event) =>
    (alike.get(likeness(event)) ?? [])
      .map((twin) => ({ event, twin, distance: distanceOf(event, twin) }))
      .filter(({ twin, distance }) => distance <= most && isSame(event, twin))
  );
  const twins = new Map<QueueEvent, QueueEvent>();
  const taken = new Set<QueueEvent>();
  for (const { event, twin } of pairs.sort((a, b) => a.distance - b.distance)) {
    if (!twins.has(event) && !taken.has(twin)) {
      twins.set(event, twin);
      taken.add(twin);
    }
  }
  return twins;
}

/** What is read of whole seconds was somewhere in them. */
function distanceOf(a: QueueEvent, b: QueueEvent): number {
  const within = ({ imported, at }: QueueEvent): number => (imported && at % 1000 === 0 ? 500 : 0);
  return Math.abs(a.at + within(a) - b.at - within(b));
}

/** What all readings know alike of an event. */
function likeness({ server, name, uniqueId, queue }: QueueEvent): string {
  return [server, name, uniqueId, queue].join('|');
}

/** A queue_log has members by their names, and not always the channel that rang; Asterisk asks its clock twice for spans. */
function isSame(a: QueueEvent, b: QueueEvent): boolean {
  const isRead = a.imported || b.imported;
  const isOneUnknown = (isKnown: (event: QueueEvent) => boolean): boolean => isRead && !(isKnown(a) && isKnown(b));
  return (
    (a.memberUniqueId === b.memberUniqueId || isOneUnknown(({ memberUniqueId }) => memberUniqueId !== '')) &&
    (a.interface === b.interface || isOneUnknown((event) => isInterface(event.interface))) &&
    (!isRead ||
      (isNear(a.ringTime, b.ringTime, 0.5) && isNear(a.holdTime, b.holdTime, 1) && isNear(a.talkTime, b.talkTime, 1)))
  );
}

/** Seconds, as far as both tell. */
const isNear = (a: number | null, b: number | null, most: number): boolean =>
  a === null || b === null || Math.abs(a - b) <= most;
const isInterface = (member: string): boolean => member.includes('/');
