import type { Gap } from '../../cdr/gap';
import type { Acknowledged } from './acknowledged-mark';

/** What the database itself holds of what was acknowledged. */
export interface Held {
  store: string;
  sequence: number;
  /** When its last write was, epoch milliseconds. */
  at: number;
}

/**
 * What was acknowledged and is gone from the database, as a gap of each PBX: from when all that came from it is known to be
 * stored to its last write.
 *
 * @param held null where the database was begun just now, or by a version that kept no count
 * @param lastHeard of each PBX, as the database has it: all that came before is stored. Epoch milliseconds.
 */
export function lostWrites(
  acknowledged: Acknowledged | null,
  held: Held | null,
  lastHeard: ReadonlyMap<string, number>
): Gap[] {
  if (!acknowledged) {
    return [];
  }
  const isSame = held?.store === acknowledged.store;
  const last = isSame ? held.sequence : -1;
  const since = isSame ? held.at : acknowledged.since;
  return Object.entries(acknowledged.servers)
    .filter(([, [sequence]]) => sequence > last)
    .map(([server, [, at]]): Gap => {
      const startTime = Math.min(lastHeard.get(server) ?? since, at - 1);
      return { server, startTime, endTime: at, reason: 'lost' };
    });
}
