import { queueEventKey } from '../cdr/call-parts';
import type { QueueEvent } from '../cdr/queue-event';
import { heardApart, isInterface, twinsOf } from './event-likeness';
import { HeardEvents } from './heard-events';
import { placeHeard, type SettledEvents } from './place-heard';

/**
 * Finds added events that are stored already though they differ in their time: another process heard them, from a PBX that
 * adds no time to its events, or its queue_log tells of them in whole seconds. They match without that time, within some
 * seconds, one to one, and in the order in which this process heard them, so that two equal events a few seconds apart both
 * stay. What was heard takes the place of what was read.
 */
export class EventTwins {
  private readonly heard = new HeardEvents();

  /** @param severalWriters other processes store what they heard too */
  constructor(private readonly severalWriters: boolean) {}

  /**
   * @param stored all events of the call that are stored
   * @param added heard by this process, or read from the queue_log
   * @param lateness milliseconds by which this process may have heard them later than others
   * @param afterCommit given what to do once what is fresh is durable
   */
  settle(
    stored: readonly QueueEvent[],
    added: readonly QueueEvent[],
    lateness: number,
    afterCommit: (effect: () => void) => void
  ): SettledEvents {
    if (added.length === 0) {
      return { fresh: [], gone: [] };
    }
    const isRead = ({ imported }: QueueEvent): boolean => imported;
    const read = inOrderOnce(added.filter(isRead));
    if (!this.severalWriters && read.length === 0 && !stored.some(isRead)) {
      return { fresh: [...added], gone: [] };
    }
    const { fresh, gone } = this.settleHeard(
      stored,
      added.filter((event) => !event.imported),
      lateness,
      afterCommit
    );
    if (read.length === 0) {
      return { fresh, gone };
    }
    const left = new Set(gone);
    const settled = settleRead([...stored.filter((event) => !left.has(event)), ...fresh], read);
    const outdone = new Set(settled.gone);
    return {
      fresh: [...fresh.filter((event) => !outdone.has(event)), ...settled.fresh],
      gone: [...gone, ...settled.gone],
    };
  }

  private settleHeard(
    stored: readonly QueueEvent[],
    added: readonly QueueEvent[],
    lateness: number,
    afterCommit: (effect: () => void) => void
  ): SettledEvents {
    const others = stored.filter((event) => !event.imported);
    const { fresh, gone } = this.severalWriters
      ? this.settleAmongOthers(others, added, lateness, afterCommit)
      : { fresh: newOf(added, others), gone: [] };
    const read = stored.filter((event) => event.imported);
    return read.length === 0
      ? { fresh, gone }
      : { fresh, gone: [...gone, ...twinsOf(read, fresh, heardApart + lateness).values()] };
  }

  private settleAmongOthers(
    stored: readonly QueueEvent[],
    added: readonly QueueEvent[],
    lateness: number,
    afterCommit: (effect: () => void) => void
  ): SettledEvents {
    const { fresh, gone, heard } =
      stored.length === 0
        ? { fresh: [...added], gone: [], heard: added.map((event) => ({ event, storedAt: event.at })) }
        : placeHeard(stored, this.heard.of(added), inOrderOnce(added), lateness);
    afterCommit(() => this.heard.note(heard));
    return { fresh, gone };
  }
}

/** Added events that are not stored with the very same time. */
function newOf(added: readonly QueueEvent[], stored: readonly QueueEvent[]): QueueEvent[] {
  const keys = new Set(stored.map(queueEventKey));
  return added.filter((event) => !keys.has(queueEventKey(event)));
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
