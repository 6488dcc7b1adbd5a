import { least, most } from './extremes';
import type { QueueEvent, QueueEventName } from './queue-event';
import type { CdrRecord } from './record';

/** What the clocks of a PBX and of a listener that measures them differ by at most. Milliseconds. */
const tolerated = 60_000;
/** An event this far from the records of its call is by another clock, wherever the others are. Milliseconds. */
const impossible = 86_400_000;

/**
 * Events by the clock of the PBX. An event that bears no time of its own is as old as its arrival: where the clocks differ by
 * minutes, and that was not measured yet, all events of a call lie before or after all its records; where they differ by
 * days, so do those that came while it was not measured, such as after a restart in mid call. What an event and a record
 * tell of the same instant shows by how much.
 */
export function alignEvents(records: readonly CdrRecord[], events: readonly QueueEvent[]): readonly QueueEvent[] {
  const start = least(records.flatMap(({ startTime }) => startTime ?? []));
  const end = most(records.flatMap(({ endTime }) => endTime ?? []));
  const [first, last] = [events[0], events.at(-1)];
  if (!first || !last || start === null || end === null) {
    return events;
  }
  const isApart = last.at < start - tolerated || first.at > end + tolerated;
  const isFar = ({ at }: QueueEvent): boolean => at < start - impossible || at > end + impossible;
  const apart = new Set(isApart ? events : events.filter(isFar));
  const shift = shiftOf(records, apart);
  return shift === 0
    ? events
    : events
        .map((event) => (apart.has(event) ? { ...event, at: event.at + shift } : event))
        .sort((one, other) => one.at - other.at);
}

/** Milliseconds to add; 0 where no event and no record tell of the same instant. */
function shiftOf(records: readonly CdrRecord[], events: Iterable<QueueEvent>): number {
  for (const [name, instantOf] of anchors) {
    for (const event of events) {
      const instant = event.name === name ? instantOf(event, records) : null;
      if (instant !== null) {
        return instant - event.at;
      }
    }
  }
  return 0;
}

type InstantOf = (event: QueueEvent, records: readonly CdrRecord[]) => number | null;

const answerOf: InstantOf = ({ memberChannel }, records) =>
  records.find((record) => memberChannel !== '' && record.destinationChannel === memberChannel)?.answerTime ?? null;
const endOf: InstantOf = ({ uniqueId }, records) =>
  most(records.flatMap((record) => (record.uniqueId === uniqueId ? (record.endTime ?? []) : [])));

/** Events of which a record tells the instant, the surest first. */
const anchors: ReadonlyArray<[QueueEventName, InstantOf]> = [
  ['Hangup', endOf],
  ['AgentConnect', answerOf],
  ['AgentComplete', endOf],
  ['QueueCallerAbandon', endOf],
  ['QueueCallerLeave', endOf],
  ['DialEnd', answerOf],
];
