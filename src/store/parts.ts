import { callKey, type CallId, type CallParts } from '../cdr/call-parts';
import type { QueueEvent } from '../cdr/queue-event';
import type { CdrRecord } from '../cdr/record';

/** Parts by the key of their call. */
export function groupByCall(parts: CallParts): Map<string, CallParts> {
  const byCall = new Map<string, { records: CdrRecord[]; events: QueueEvent[] }>();
  const of = (part: CallId) => {
    const key = callKey(part);
    const found = byCall.get(key) ?? { records: [], events: [] };
    byCall.set(key, found);
    return found;
  };
  parts.records.forEach((record) => of(record).records.push(record));
  parts.events.forEach((event) => of(event).events.push(event));
  return byCall;
}

export function count({ records, events }: CallParts): number {
  return records.length + events.length;
}

export function joined(all: readonly CallParts[]): CallParts {
  return { records: all.flatMap(({ records }) => records), events: all.flatMap(({ events }) => events) };
}

export function halvesOf(parts: CallParts): [CallParts, CallParts] {
  const records = Math.ceil(Math.min(parts.records.length, count(parts) / 2));
  const events = Math.ceil(count(parts) / 2) - records;
  return [
    { records: parts.records.slice(0, records), events: parts.events.slice(0, events) },
    { records: parts.records.slice(records), events: parts.events.slice(events) },
  ];
}
