import { isPersonAnswer } from './person-answer';
import type { CdrRecord } from './record';
import type { BareVisit } from './visits-from-events';

/**
 * Queue visits derived from the records of one call, in order: what can be told where no queue events came (no `agent`
 * read class, imported history). All records of one channel in one queue, with none of another application between,
 * are one visit. One that nobody answered was abandoned: Asterisk counts those that timed out so too.
 */
export function visitsFromRecords(records: readonly CdrRecord[]): BareVisit[] {
  const open = new Map<string, CdrRecord[]>();
  const cut: CdrRecord[][] = [];
  for (const record of records) {
    const current = open.get(record.uniqueId);
    if (record.queue === '') {
      if (record.destinationChannel !== '' || record.lastApplication !== 'Hangup') {
        open.delete(record.uniqueId);
      }
    } else if (current && current[0]!.queue === record.queue) {
      current.push(record);
    } else {
      const started = [record];
      open.set(record.uniqueId, started);
      cut.push(started);
    }
  }
  return cut.flatMap((stay) => toVisit(stay) ?? []);
}

function toVisit(stay: readonly CdrRecord[]): BareVisit | null {
  const first = stay[0]!;
  if (first.startTime === null) {
    return null;
  }
  const answered = stay.find(isPersonAnswer);
  const leaveTime = answered?.answerTime ?? latestEnd(stay);
  return {
    queue: first.queue,
    uniqueId: first.uniqueId,
    joinTime: first.startTime,
    leaveTime,
    visitOutcome: answered ? 'answered' : 'abandoned',
    waitTime: leaveTime === null ? 0 : Math.max(0, Math.round((leaveTime - first.startTime) / 1000)),
    talkTime: answered?.billableSeconds ?? 0,
    agent: answered?.agent ?? '',
    utcOffset: first.utcOffset,
    derived: true,
  };
}

function latestEnd(records: readonly CdrRecord[]): number | null {
  const ends = records.flatMap((record) => record.endTime ?? []);
  return ends.length === 0 ? null : Math.max(...ends);
}
