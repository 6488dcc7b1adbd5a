import type { CdrRecord } from './record';

/**
 * Tells two records apart, and one that came twice as one. Sequence alone would do where it is mapped; without it the
 * fields that Asterisk sets when it closes a record must.
 */
export function recordKey(record: CdrRecord): string {
  const wall = record.startTime === null ? '' : record.startTime / 1000 + record.utcOffset;
  return [
    record.server,
    record.uniqueId,
    record.sequence ?? '',
    record.channel,
    record.destinationChannel,
    wall,
    record.duration,
    record.billableSeconds,
    record.lastApplication,
    record.disposition,
  ].join('|');
}
