import type { addParts, CallParts } from './call-parts';
import type { CdrRecord } from './record';

/** Records of one call: each ring of a queue's phone may leave one. More come where one linked id is given to many calls. */
export const mostRecords = 10_000;
/** Queue events of one call: a caller who waits for an hour while 20 phones ring every ten seconds has some 15,000. */
export const mostEvents = 20_000;
/** Transfers of one call, tries that failed included. */
export const mostTransfers = 1_000;
/** Custom fields of one call. */
export const mostCustomFields = 200;

type Added = ReturnType<typeof addParts>;

/**
 * Leaves out of the new parts of a call what is over its bounds: `surplus`. What makes a call grows with the square of its
 * parts, since each batch assembles it again.
 */
export function withinBounds({ parts, fresh, gone }: Added): Added & { surplus: CallParts } {
  const known = parts.records.length - fresh.records.length;
  const records = fresh.records.slice(0, Math.max(0, mostRecords - known));
  const surplusRecords = fresh.records.slice(records.length);
  const events = fresh.events.slice(0, Math.max(0, mostEvents - (parts.events.length - fresh.events.length)));
  const surplus = { records: surplusRecords, events: fresh.events.slice(events.length) };
  if (surplus.records.length + surplus.events.length === 0) {
    return { parts, fresh, gone, surplus };
  }
  return {
    parts: { records: without(parts.records, surplus.records), events: without(parts.events, surplus.events) },
    fresh: { records, events },
    gone,
    surplus,
  };
}

/** A record as a call of its own, as where the PBX maps no linked id; null for one that was that already. */
export function onItsOwn(record: CdrRecord): CdrRecord | null {
  return record.linkedId === record.uniqueId ? null : { ...record, linkedId: record.uniqueId, linkedIdMapped: false };
}

function without<T>(all: readonly T[], some: readonly T[]): T[] {
  const left = new Set(some);
  return all.filter((one) => !left.has(one));
}
