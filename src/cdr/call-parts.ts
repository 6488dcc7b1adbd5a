import { compareText } from './compare-text';
import { joinRecords } from './join-records';
import type { QueueEvent } from './queue-event';
import type { CdrRecord } from './record';
import { recordKey } from './record-key';

/** Everything known of one call, in any order of arrival. */
export interface CallParts {
  records: readonly CdrRecord[];
  events: readonly QueueEvent[];
}

export const noParts: CallParts = { records: [], events: [] };

/** Tells calls apart: two PBXes may give out the same linked id. */
export interface CallId {
  server: string;
  linkedId: string;
}

/** Key of a call, and of what belongs to it. */
export function callKey(part: CallId): string {
  return `${part.server}|${part.linkedId}`;
}

export function queueEventKey(event: QueueEvent): string {
  const { server, name, uniqueId, queue, memberUniqueId, interface: member, at, arrival } = event;
  return `${server}|${name}|${uniqueId}|${queue}|${memberUniqueId}|${member}|${at}|${arrival}`;
}

/**
 * Adds records and events to what was known; those known already are left out. Returns the new ones apart, and known
 * records in whose place one of `fresh` stands (`joinRecords`).
 */
export function addParts(
  known: CallParts,
  added: CallParts
): { parts: CallParts; fresh: CallParts; gone: readonly CdrRecord[] } {
  const { records, fresh, gone } = joinRecords(known.records, added.records);
  const keys = new Set(known.events.map(queueEventKey));
  const events = added.events.filter((event) => {
    const key = queueEventKey(event);
    return !keys.has(key) && keys.add(key);
  });
  return {
    parts: { records, events: [...known.events, ...events] },
    fresh: { records: fresh, events },
    gone,
  };
}

/** Order of a call's life, the same whatever the order of arrival. */
export function inOrder(parts: CallParts): CallParts {
  return {
    records: [...parts.records].sort(byRecordOrder),
    events: [...parts.events].sort(
      (a, b) => a.at - b.at || a.arrival - b.arrival || compareText(queueEventKey(a), queueEventKey(b))
    ),
  };
}

function byRecordOrder(a: CdrRecord, b: CdrRecord): number {
  return (
    byTime(a.startTime, b.startTime) ||
    Number(b.uniqueId === b.linkedId) - Number(a.uniqueId === a.linkedId) ||
    (a.sequence ?? 0) - (b.sequence ?? 0) ||
    byTime(a.endTime, b.endTime) ||
    compareText(recordKey(a), recordKey(b))
  );
}

/** Unknown times come last. */
function byTime(a: number | null, b: number | null): number {
  return (a ?? Number.MAX_SAFE_INTEGER) - (b ?? Number.MAX_SAFE_INTEGER);
}
