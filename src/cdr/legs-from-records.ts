import type { BareLeg } from './legs-from-events';
import { isPersonAnswer } from './person-answer';
import type { CdrRecord } from './record';

/**
 * Rings of agents told from records: direct calls, and queue calls where no queue events came. A record whose ring the
 * queue events tell already (`known`) makes no second leg: FreePBX rings queue members through Local channels, which
 * leave a Dial record of their own.
 */
export function legsFromRecords(records: readonly CdrRecord[], known: readonly BareLeg[]): BareLeg[] {
  return records.flatMap((record) => {
    if (record.agent === '' || record.startTime === null || record.destinationChannel.startsWith('Local/')) {
      return [];
    }
    const leg: BareLeg = {
      agent: record.agent,
      queue: record.queue,
      startTime: record.startTime,
      answered: isPersonAnswer(record),
      ringTime: Math.max(0, record.duration - record.billableSeconds),
      talkTime: record.disposition === 'ANSWERED' ? record.billableSeconds : 0,
      utcOffset: record.utcOffset,
    };
    return known.some((other) => isSameRing(other, leg, record)) ? [] : [leg];
  });
}

const slack = 2000;

function isSameRing(known: BareLeg, leg: BareLeg, record: CdrRecord): boolean {
  const knownEnd = known.startTime + (known.ringTime + known.talkTime) * 1000;
  const end = record.endTime ?? leg.startTime;
  return known.agent === leg.agent && leg.startTime <= knownEnd + slack && end >= known.startTime - slack;
}
