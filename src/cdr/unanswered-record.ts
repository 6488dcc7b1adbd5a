import type { CdrRecord } from './record';

export type WrittenRecord = Pick<CdrRecord, 'disposition' | 'destinationChannel'>;

/**
 * True for a record that only `unanswered = yes` in cdr.conf brings: of a caller for whom no phone was rung. CONGESTION comes
 * without it (Asterisk main/cdr.c, post_cdr).
 */
export function showsUnanswered({ disposition, destinationChannel }: WrittenRecord): boolean {
  return destinationChannel === '' && ['NO ANSWER', 'BUSY', 'FAILED'].includes(disposition);
}
