import type { CdrRecord } from './record';

/**
 * The record that decides a call's direction: the first, or for a call that began inside the one that leads where it went.
 * @param records of one call, in order, at least one
 */
export function directionRecord<T extends Pick<CdrRecord, 'direction'>>(records: readonly T[]): T {
  const isDecided = ({ direction }: T): boolean => direction === 'inbound' || direction === 'outbound';
  return records.find(isDecided) ?? records[0]!;
}
