import { callKey, type CallId, type CallParts } from '../cdr/call-parts';
import type { QueueEvent } from '../cdr/queue-event';
import type { CdrRecord } from '../cdr/record';

export const noParts: CallParts = { records: [], events: [] };

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
