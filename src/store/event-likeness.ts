import type { QueueEvent } from '../cdr/queue-event';

/** Two readings of the same event tell times that are at most so far apart, milliseconds. */
export const heardApart = 5_000;

/** The known events that added ones are, as far as both tell: the nearest first, one to one. */
export function twinsOf(
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

/** True for two events that may be one, but for their times. */
export function isAlike(a: QueueEvent, b: QueueEvent): boolean {
  return likeness(a) === likeness(b) && isSame(a, b);
}

export const isInterface = (member: string): boolean => member.includes('/');

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
