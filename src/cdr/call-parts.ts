import { compareText } from './compare-text';
import type { QueueEvent } from './queue-event';
import type { CdrRecord } from './record';
import { recordKey } from './record-key';

/** Everything known of one call, in any order of arrival. */
export interface CallParts {
  records: readonly CdrRecord[];
  events: readonly QueueEvent[];
}

/** Key of a call, and of what belongs to it. */
export function callKey(part: { server: string; linkedId: string }): string {
  return `${part.server}|${part.linkedId}`;
}

export function queueEventKey(event: QueueEvent): string {
  return [event.server, event.name, event.uniqueId, event.queue, event.memberUniqueId, event.interface, event.at].join(
    '|'
  );
}

/** Adds records and events to what was known; those known already are left out. Returns the new ones apart. */
export function addParts(known: CallParts, added: CallParts): { parts: CallParts; fresh: CallParts } {
  const fresh = {
    records: unknownOf(known.records, added.records, recordKey),
    events: unknownOf(known.events, added.events, queueEventKey),
  };
  return {
    parts: { records: [...known.records, ...fresh.records], events: [...known.events, ...fresh.events] },
    fresh,
  };
}

function unknownOf<T>(known: readonly T[], added: readonly T[], keyOf: (item: T) => string): T[] {
  if (added.length === 0) {
    return [];
  }
  const keys = new Set(known.map(keyOf));
  return added.filter((item) => {
    const key = keyOf(item);
    return !keys.has(key) && keys.add(key);
  });
}

/** Order of a call's life, the same whatever the order of arrival. */
export function inOrder(parts: CallParts): CallParts {
  return {
    records: [...parts.records].sort(byRecordOrder),
    events: [...parts.events].sort((a, b) => a.at - b.at || compareText(queueEventKey(a), queueEventKey(b))),
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
