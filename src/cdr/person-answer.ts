import type { CdrRecord } from './record';

/**
 * Whether a record shows that a person on another channel answered. A Local channel is Asterisk's own way to itself: who
 * answered behind it stands in another record of the call.
 */
export function isPersonAnswer(record: CdrRecord): boolean {
  return (
    record.disposition === 'ANSWERED' &&
    record.destinationChannel !== '' &&
    !record.destinationChannel.startsWith('Local/')
  );
}
