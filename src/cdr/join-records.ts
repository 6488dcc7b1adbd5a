import { isSameButRounded, isSameRecord, mergeRecords } from './merge-records';
import type { CdrRecord } from './record';
import { closingKey } from './record-key';

export interface JoinedRecords {
  records: CdrRecord[];
  /** Those that are new, or known better than before. */
  fresh: CdrRecord[];
  /** Known ones in whose place a better known one stands. */
  gone: CdrRecord[];
}

/** Adds records to those known; one that came twice, by whichever way, is one. */
export function joinRecords(known: readonly CdrRecord[], added: readonly CdrRecord[]): JoinedRecords {
  if (added.length === 0 || known.length + added.length === 1) {
    return { records: [...known, ...added], fresh: [...added], gone: [] };
  }
  const records = new RecordsByKey(known);
  const fresh = new Set<CdrRecord>();
  const gone: CdrRecord[] = [];
  for (const record of added) {
    const same = records.find(record);
    const merged = same ? mergeRecords(same, record) : record;
    if (same && merged !== same && !fresh.delete(same)) {
      gone.push(same);
    }
    if (merged !== same) {
      records.put(merged, same);
      fresh.add(merged);
    }
  }
  return { records: records.all, fresh: [...fresh], gone };
}

/** Records that can be asked for the one that another is the same as. */
export class RecordsByKey {
  /** By closing key, UniqueID and sequence: test calls may have thousands of records that end alike. */
  private readonly byKey = new Map<string, Map<string, Map<number | null, CdrRecord[]>>>();

  private hasLive = false;
  private hasImported = false;

  constructor(records: readonly CdrRecord[]) {
    records.forEach((record) => this.put(record));
  }

  /** Of several that can't be told apart, the one with the same sequence, else with the lowest. */
  find(record: CdrRecord): CdrRecord | undefined {
    const same = this.alike(record).filter((other) => isSameRecord(other, record));
    return nearestSequence(same, record) ?? this.findRounded(record);
  }

  /** Only where some came live and others did not, seconds may have been rounded. */
  private findRounded(record: CdrRecord): CdrRecord | undefined {
    const hasOther = record.imported ? this.hasLive : this.hasImported;
    const same = hasOther
      ? roundings(record)
          .flatMap((rounded) => this.alike(rounded))
          .filter((other) => isSameButRounded(other, record))
      : [];
    return nearestSequence(same, record);
  }

  /** Puts a record in, in the place of another where one is given. */
  put(record: CdrRecord, inPlaceOf?: CdrRecord): void {
    if (inPlaceOf) {
      const others = this.byKey.get(closingKey(inPlaceOf))!.get(inPlaceOf.uniqueId)!.get(inPlaceOf.sequence)!;
      others.splice(others.indexOf(inPlaceOf), 1);
    }
    this.hasLive ||= !record.imported;
    this.hasImported ||= record.imported;
    const byId = within(this.byKey, closingKey(record), () => new Map<string, Map<number | null, CdrRecord[]>>());
    const bySequence = within(byId, record.uniqueId, () => new Map<number | null, CdrRecord[]>());
    within(bySequence, record.sequence, () => []).push(record);
  }

  get all(): CdrRecord[] {
    return [...this.byKey.values()].flatMap((byId) => [...byId.values()].flatMap((some) => [...some.values()].flat()));
  }

  /** Those with the same UniqueID and sequence, as far as both tell them. */
  private alike(record: CdrRecord): CdrRecord[] {
    const byId = this.byKey.get(closingKey(record));
    return toldOrNot(byId, record.uniqueId, '').flatMap((some) => toldOrNot(some, record.sequence, null).flat());
  }
}

const near = [0, -1, 1];

/** The record with each of the seconds that it may have been given by rounding. */
function roundings(record: CdrRecord): CdrRecord[] {
  return near.flatMap((more) =>
    near.map((other) => ({
      ...record,
      duration: record.duration + more,
      billableSeconds: record.billableSeconds + other,
    }))
  );
}

function nearestSequence(same: CdrRecord[], { sequence: wanted }: CdrRecord): CdrRecord | undefined {
  return (
    same.find(({ sequence }) => sequence === wanted) ?? same.sort((a, b) => (a.sequence ?? 0) - (b.sequence ?? 0))[0]
  );
}

/** The values of a key and of what stands for a key that is not told; all of them where it is not told itself. */
function toldOrNot<K, V>(map: ReadonlyMap<K, V> | undefined, key: K, untold: K): V[] {
  if (key === untold) {
    return [...(map?.values() ?? [])];
  }
  return [key, untold].flatMap((one) => (map?.has(one) ? [map.get(one)!] : []));
}

function within<K, V>(map: Map<K, V>, key: K, create: () => V): V {
  const found = map.get(key) ?? create();
  map.set(key, found);
  return found;
}
