import type { CdrRecord } from './record';

/**
 * Tells two records apart, and one that came twice as one. Sequence alone would do where it is mapped; without it the
 * fields that Asterisk sets when it closes a record must.
 */
export function recordKey(record: CdrRecord): string {
  return `${record.uniqueId}|${record.sequence ?? ''}|${wallSeconds(record) ?? ''}|${closingKey(record)}`;
}

/** What Asterisk set when it closed the record, but for the times of the clock: the same in each of its CDR backends. */
export function closingKey(record: CdrRecord): string {
  const { server, channel, destinationChannel, duration, billableSeconds, lastApplication, disposition } = record;
  return `${server}|${channel}|${destinationChannel}|${duration}|${billableSeconds}|${lastApplication}|${disposition}`;
}

/** Start by the PBX's wall clock, in seconds; null where it is unknown. */
export function wallSeconds({ startTime, utcOffset }: CdrRecord): number | null {
  return startTime === null ? null : startTime / 1000 + utcOffset;
}
