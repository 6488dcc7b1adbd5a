import type { QueueEvent, QueueEventName } from '../cdr/queue-event';
import { isAlike } from './event-likeness';
import { stays, waysOf, type Stay } from './stay-in-queue';

/** An event of one channel and queue that this process heard. Times in epoch milliseconds. */
export interface HeardEvent {
  /** With the time at which this process heard it. */
  event: QueueEvent;
  /** With which time it is stored; null where it may not be stored yet. */
  storedAt: number | null;
}

/** An event at its place: stored, heard by this process, or both. */
export interface PlacedEvent {
  stored: QueueEvent | null;
  heard: HeardEvent | null;
}

export interface MergeOptions {
  /** Where the stay of the caller stands before these events. */
  stay: Stay;
  /** Milliseconds that the stored times are ahead of those of this process. */
  shift: number;
  /** What two processes have as the time of one event differs by this at most, milliseconds. */
  most: number;
  /** By how much two events that no process heard both may be stored in the wrong order, milliseconds. */
  disorder: number;
}

/**
 * To forget what is known to be stored outweighs all, and what clocks can't have done the rest. That an event is stored twice
 * is a little less unlikely than that a caller does what callers don't do. Milliseconds count least.
 */
const costs = { forgotten: 1e14, outOfTime: 1e12, odd: 4e9, doubled: 3e9 };

interface Step {
  cost: number;
  from: Step | null;
  place: PlacedEvent | null;
}

const start: Step = { cost: 0, from: null, place: null };
const noWay: Step = { ...start, cost: Infinity };

/**
 * Stored events of one caller and queue, and those that this process heard of them, as one sequence. Either keeps its order:
 * a PBX tells all who listen the same in the same order. Of the sequences that are possible, the likeliest is taken: where an
 * event that both have is one, where the caller does what callers do (who waits in a queue does not join it again, and who is
 * connected has joined before), and of those the one nearest to the times.
 */
export function mergeHeard(
  stored: readonly QueueEvent[],
  heard: readonly HeardEvent[],
  options: MergeOptions
): PlacedEvent[] {
  const { shift, most, disorder } = options;
  const heardAt = heard.map(({ event }) => event.at + shift);
  let above: Step[][] = [];
  for (let i = 0; i <= heard.length; i++) {
    const row: Step[][] = [];
    for (let j = 0; j <= stored.length; j++) {
      const here = i + j === 0 ? stays.map((stay) => (stay === options.stay ? start : noWay)) : stays.map(() => noWay);
      row.push(here);
      const [ours, theirs] = [heard[i - 1], stored[j - 1]];
      const late = (by: number): number => Math.max(0, by) + (by > disorder ? costs.outOfTime : 0);
      if (ours) {
        const isGone = ours.storedAt !== null;
        const cost = theirs && !isGone ? late(theirs.at - heardAt[i - 1]!) : 0;
        step(above[j]!, here, { stored: null, heard: ours }, isGone ? null : ours.event.name, cost);
      }
      if (theirs) {
        const cost = ours ? late(heardAt[i - 1]! - theirs.at) : 0;
        step(row[j - 1]!, here, { stored: theirs, heard: null }, theirs.name, cost);
      }
      if (ours && theirs && isTwin(ours, theirs, most)) {
        const gain = ours.storedAt === null ? costs.doubled : costs.forgotten;
        const cost = Math.abs(theirs.at - heardAt[i - 1]!) - gain;
        step(above[j - 1]!, here, { stored: theirs, heard: ours }, theirs.name, cost);
      }
    }
    above = row;
  }
  return placesOf(above.at(-1)!.reduce((best, end) => (end.cost < best.cost ? end : best)));
}

function isTwin({ event, storedAt }: HeardEvent, stored: QueueEvent, most: number): boolean {
  const apart = Math.min(Math.abs(stored.at - event.at), Math.abs(stored.at - (storedAt ?? event.at)));
  return apart <= most && isAlike(event, stored);
}

/** Takes the cheapest way to each stay over one more event; `name` is null for one that is not stored any more. */
function step(
  before: readonly Step[],
  here: Step[],
  place: PlacedEvent,
  name: QueueEventName | null,
  cost: number
): void {
  for (const [index, from] of before.entries()) {
    if (from !== noWay) {
      const { to, oddity } = name === null ? { to: index, oddity: 0 } : waysOf(name)[index]!;
      const sum = from.cost + cost + oddity * costs.odd;
      if (sum < here[to]!.cost) {
        here[to] = { cost: sum, from, place };
      }
    }
  }
}

function placesOf(end: Step): PlacedEvent[] {
  const places: PlacedEvent[] = [];
  for (let at: Step | null = end; at?.place; at = at.from) {
    places.push(at.place);
  }
  return places.reverse();
}
