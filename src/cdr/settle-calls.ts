import { joinRecords, RecordsByKey } from './join-records';
import { mergeRecords } from './merge-records';
import type { CdrRecord } from './record';

export interface SettledRecords {
  /** The added records, each in the call that it belongs to. */
  records: CdrRecord[];
  /** Stored records that are part of one of `records` now. */
  moved: CdrRecord[];
}

/**
 * Finds added records that are stored already, but as part of another call: one way brought the linked id, the other
 * did not. `stored` are the stored records that may be the same. What came twice within `added` is one too. What came
 * live has one linked id.
 */
export function settleCalls(stored: readonly CdrRecord[], added: readonly CdrRecord[]): SettledRecords {
  if (stored.length === 0 && !added.some(({ imported }) => imported)) {
    return { records: [...added], moved: [] };
  }
  const known = new RecordsByKey(stored);
  const records: CdrRecord[] = [];
  const moved: CdrRecord[] = [];
  for (const record of joinRecords([], added).records) {
    const same = known.find(record);
    if (!same || same.linkedId === record.linkedId) {
      records.push(record);
      continue;
    }
    const merged = mergeRecords(same, record);
    if (merged !== same) {
      known.put(merged, same);
      moved.push(same);
      records.push(merged);
    }
  }
  return { records, moved };
}
