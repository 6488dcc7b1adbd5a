import type { Outcome } from './call';
import type { CdrRecord } from './record';
import type { BareVisit } from './visits-from-events';

export interface CallVerdict {
  outcome: Outcome;
  /** Disposition of the record that decided. */
  disposition: string;
}

/** Ways a record can end a call nobody answered, the strongest first. */
const verdicts: ReadonlyArray<{ outcome: Outcome; holds: (record: CdrRecord) => boolean }> = [
  { outcome: 'missed', holds: (r) => r.destinationChannel !== '' && isNoAnswer(r) },
  { outcome: 'busy', holds: (r) => r.disposition === 'BUSY' },
  { outcome: 'congestion', holds: (r) => r.disposition === 'CONGESTION' },
  { outcome: 'failed', holds: (r) => r.disposition === 'FAILED' },
  { outcome: 'self-served', holds: (r) => r.disposition === 'ANSWERED' },
  { outcome: 'missed', holds: isNoAnswer },
];

/**
 * How a call ended: a person answered, else it left a queue before an agent, else what its records say. A disposition
 * that is none of Asterisk's decides nothing but for a call that has no other: it failed.
 *
 * @param isAnswered whether a record shows that a person answered
 */
export function verdictOf(
  records: readonly CdrRecord[],
  visits: readonly BareVisit[],
  isAnswered: boolean
): CallVerdict {
  if (isAnswered || visits.some((visit) => visit.visitOutcome === 'answered')) {
    return { outcome: 'answered', disposition: 'ANSWERED' };
  }
  if (visits.length > 0) {
    const inQueue = records.find((record) => record.queue !== '');
    return { outcome: 'abandoned', disposition: inQueue?.disposition ?? 'NO ANSWER' };
  }
  for (const { outcome, holds } of verdicts) {
    const decided = records.find(holds);
    if (decided) {
      return { outcome, disposition: decided.disposition };
    }
  }
  return { outcome: 'failed', disposition: records[0]?.disposition ?? '' };
}

/** Whether the record says that a phone rang, or was to, and nobody answered. */
export function isNoAnswer(record: CdrRecord): boolean {
  return record.disposition === 'NO ANSWER' || record.disposition === 'CANCEL';
}
