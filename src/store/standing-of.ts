import type { CallParts } from '../cdr/call-parts';
import type { ChangedCall } from './store';

/** How a call of these parts stands before it is changed; null where it is none. */
export function standingOf({ records }: CallParts): ChangedCall['stood'] {
  const startTime = records.reduce<number | null>(
    (least, { startTime: start }) => (least === null || (start !== null && start < least) ? start : least),
    null
  );
  return records.length === 0 ? null : { startTime };
}
