import { queueEventKey } from '../cdr/call-parts';
import type { QueueEvent } from '../cdr/queue-event';
import { heardApart, twinsOf } from './event-likeness';
import { mergeHeard, type HeardEvent, type PlacedEvent } from './merge-heard';
import { after, type Stay } from './stay-in-queue';

/** What is heard of one event at different processes is apart by less, where none of them stood still. Milliseconds. */
const usuallyApart = 2_000;
/** Events that are put at their places at once. */
const placedAtOnce = 50;

export interface SettledEvents {
  /** Added events to store. */
  fresh: QueueEvent[];
  /** Stored events in whose place one of `fresh` stands. */
  gone: QueueEvent[];
}

export interface PlacedEvents extends SettledEvents {
  /** What was added, with the times with which it is stored. */
  heard: HeardEvent[];
}

/**
 * Puts what this process heard of a call among what is stored of it. Each event keeps its place among those that this
 * process heard, whatever the clocks and the ways to the processes differ by.
 *
 * @param known what this process heard of the call before
 * @param added in the order in which this process heard it
 * @param lateness milliseconds by which this process may have heard it later than others
 */
export function placeHeard(
  stored: readonly QueueEvent[],
  known: readonly HeardEvent[],
  added: readonly QueueEvent[],
  lateness: number
): PlacedEvents {
  const heard: HeardEvent[] = [];
  const now = new Set(stored);
  for (const events of Map.groupBy(added, stayKey).values()) {
    const isHere = (event: QueueEvent): boolean => stayKey(event) === stayKey(events[0]!);
    const [here, before] = [stored.filter(isHere).sort(byTime), known.filter(({ event }) => isHere(event))];
    for (const placed of placeSimply(here, before, events, lateness) ?? placeInParts(here, before, events, lateness)) {
      placed.gone.forEach((event) => now.delete(event));
      placed.fresh.forEach((event) => now.add(event));
      heard.push(...placed.heard);
    }
  }
  const before = new Set(stored);
  return {
    fresh: [...now].filter((event) => !before.has(event)),
    gone: stored.filter((event) => !now.has(event)),
    heard,
  };
}

/** As nearly all events are: only this process stored any of the stay, or all of what it brings is stored, in its order. */
function placeSimply(
  stored: readonly QueueEvent[],
  known: readonly HeardEvent[],
  added: readonly QueueEvent[],
  lateness: number
): PlacedEvents[] | null {
  const own = new Set(known.flatMap(({ event, storedAt }) => (storedAt === event.at ? [queueEventKey(event)] : [])));
  if (stored.every((event) => own.has(queueEventKey(event)))) {
    return [{ fresh: [...added], gone: [], heard: added.map((event) => ({ event, storedAt: event.at })) }];
  }
  const alike = (event: QueueEvent): string => [event.name, event.interface, event.memberUniqueId].join('|');
  const theirs = Map.groupBy(stored.entries(), ([, event]) => alike(event));
  const ours = Map.groupBy([...known.map(({ event }) => event), ...added], alike);
  const heard: HeardEvent[] = [];
  let last = -1;
  for (const event of added) {
    const [[index, twin] = [-1, null], ...others] = theirs.get(alike(event)) ?? [];
    const isOnly = others.length === 0 && ours.get(alike(event))!.length === 1;
    if (!twin || !isOnly || index < last || Math.abs(twin.at - event.at) > heardApart + lateness) {
      return null;
    }
    last = index;
    heard.push({ event, storedAt: twin.at });
  }
  return [{ fresh: [], gone: [], heard }];
}

/** Some at once, since what is to be looked at grows with their square. */
function* placeInParts(
  stored: readonly QueueEvent[],
  known: readonly HeardEvent[],
  added: readonly QueueEvent[],
  lateness: number
): Generator<PlacedEvents> {
  let [here, before] = [[...stored], [...known]];
  for (let from = 0; from < added.length; from += placedAtOnce) {
    const placed = placeStay(here, before, added.slice(from, from + placedAtOnce), lateness);
    const gone = new Set(placed.gone);
    here = [...here.filter((event) => !gone.has(event)), ...placed.fresh].sort(byTime);
    before = [...before, ...placed.heard];
    yield placed;
  }
}

/** Of one channel and queue; what is stored of it in order. */
function placeStay(
  stored: readonly QueueEvent[],
  known: readonly HeardEvent[],
  added: readonly QueueEvent[],
  lateness: number
): PlacedEvents {
  const most = heardApart + lateness;
  const [from, to] = [added[0]!.at - most, added.at(-1)!.at + most];
  const near = stored.filter(({ at }) => at >= from && at <= to);
  const before = known.filter(({ storedAt }) => storedAt! >= from && storedAt! <= to);
  const chain = [...before, ...added.map((event): HeardEvent => ({ event, storedAt: null }))];
  const stay = stored.filter(({ at }) => at < from).reduce<Stay>((so, { name }) => after(so, name)[0], 'unknown');
  const places = mergeHeard(
    near,
    chain.sort((a, b) => byTime(a.event, b.event)),
    { stay, shift: usualShift(near, before, added, most), most, disorder: usuallyApart + lateness }
  );
  return withTimes(places, twinsOutOfOrder(places, stay, most));
}

/** Events with the times of those that are stored, and between them, by the same clock, those that are not yet. */
function withTimes(places: readonly PlacedEvent[], twins: ReadonlyMap<QueueEvent, QueueEvent>): PlacedEvents {
  const shiftOf = nearestShift(places);
  const gone = [...twins.values()];
  const left = new Set(gone);
  const sequence = places.filter(({ stored, heard }) => (stored ? !left.has(stored) : isNew(heard)));
  const [fresh, heardNow]: [QueueEvent[], HeardEvent[]] = [[], []];
  let last: QueueEvent | null = null;
  for (const [index, { stored, heard }] of sequence.entries()) {
    const event = behind(
      last,
      stored ?? before(nextStored(sequence, index), moved(heard!.event, shiftOf(heard!.event)))
    );
    if (event !== stored) {
      fresh.push(event);
      gone.push(...(stored ? [stored] : []));
    }
    if (isNew(heard)) {
      heardNow.push({ event: heard.event, storedAt: event.at });
    }
    last = event;
  }
  return { fresh, gone, heard: heardNow };
}

/**
 * What no process heard both of may be stored in the wrong order, which the one that heard both sets right. But where only
 * two events make the caller do what callers do, there are two: who joins a queue after he left it has joined it twice.
 */
function twinsOutOfOrder(places: readonly PlacedEvent[], stay: Stay, most: number): Map<QueueEvent, QueueEvent> {
  const left = places.flatMap(({ stored, heard }) => (stored && !heard ? [stored] : []));
  const unknown = places.flatMap(({ stored, heard }) => (!stored && isNew(heard) ? [heard.event] : []));
  let sequence = places.flatMap(({ stored, heard }) => stored ?? (isNew(heard) ? heard.event : []));
  const twins = new Map<QueueEvent, QueueEvent>();
  for (const [event, twin] of twinsOf(left, unknown, most)) {
    const without = sequence.filter((one) => one !== twin);
    if (event.memberUniqueId !== '' || oddityOf(without, stay) <= oddityOf(sequence, stay)) {
      sequence = without;
      twins.set(event, twin);
    }
  }
  return twins;
}

function oddityOf(sequence: readonly QueueEvent[], before: Stay): number {
  let [stay, sum] = [before, 0];
  for (const { name } of sequence) {
    const [next, oddity] = after(stay, name);
    [stay, sum] = [next, sum + oddity];
  }
  return sum;
}

/** Milliseconds that the stored times of those events that this process heard nearest to one are ahead of its own. */
function nearestShift(places: readonly PlacedEvent[]): (event: QueueEvent) => number {
  const pairs = places.flatMap(({ stored, heard }) =>
    stored && heard ? [{ at: heard.event.at, shift: stored.at - heard.event.at }] : []
  );
  return ({ at }) => least(pairs, (pair) => Math.abs(pair.at - at))?.shift ?? 0;
}

/** The same in the middle, before it is known which events are the same. */
function usualShift(
  stored: readonly QueueEvent[],
  known: readonly HeardEvent[],
  added: readonly QueueEvent[],
  most: number
): number {
  const shifts =
    known.length > 0
      ? known.map(({ event, storedAt }) => storedAt! - event.at)
      : [...twinsOf(stored, added, most)].map(([event, twin]) => twin.at - event.at);
  return shifts.sort((a, b) => a - b)[shifts.length >> 1] ?? 0;
}

function nextStored(sequence: readonly PlacedEvent[], index: number): QueueEvent | null {
  return sequence.find(({ stored }, place) => place > index && stored !== null)?.stored ?? null;
}

const moved = (event: QueueEvent, by: number): QueueEvent => (by === 0 ? event : { ...event, at: event.at + by });
const before = (next: QueueEvent | null, event: QueueEvent): QueueEvent =>
  next && event.at >= next.at ? { ...event, at: next.at - 1 } : event;
const behind = (last: QueueEvent | null, event: QueueEvent): QueueEvent =>
  last && (event.at < last.at || (event.at === last.at && event.arrival <= last.arrival))
    ? { ...event, at: last.at, arrival: last.arrival + 1 }
    : event;
const isNew = (heard: HeardEvent | null): heard is HeardEvent => heard?.storedAt === null;
const stayKey = ({ uniqueId, queue }: QueueEvent): string => `${uniqueId}|${queue}`;

const byTime = (a: QueueEvent, b: QueueEvent): number => a.at - b.at || a.arrival - b.arrival;

function least<T>(list: readonly T[], of: (one: T) => number): T | undefined {
  return list.reduce<T | undefined>((best, one) => (best === undefined || of(one) < of(best) ? one : best), undefined);
}
