import { agentOfRecord } from './agent-of-record';
import type { DialledChannels } from './dialled-channels';
import { Pickups } from './pickups';
import type { CdrRecord } from './record';
import { secondsBefore } from './seconds-before';
import { coveredSeconds, type Span } from './spans';
import type { BareVisit } from './visits-from-events';

/**
 * Queue visits derived from the records of one call, in order: what can be told where no queue events came (no `agent`
 * read class, imported history). All records of one channel in one queue, with none of another application between,
 * are one visit. One that nobody answered was abandoned: Asterisk counts those that timed out so too.
 *
 * @param heardAnswers when `DialEnd` said that a channel was answered
 */
export function visitsFromRecords(
  records: readonly CdrRecord[],
  dialled: DialledChannels,
  heardAnswers: ReadonlyMap<string, number>
): BareVisit[] {
  const pickups = new Pickups(records, dialled);
  return queueStays(records).flatMap((stay) => toVisit(stay, dialled, pickups, heardAnswers) ?? []);
}

/**
 * Records of one channel in one queue, cut where the caller was elsewhere in between. Whoever takes a parked call talks
 * under the application that led to the parking: Queue, though the caller is in no queue any more.
 */
export function queueStays(records: readonly CdrRecord[]): CdrRecord[][] {
  const open = new Map<string, CdrRecord[]>();
  const cut: CdrRecord[][] = [];
  for (const record of records) {
    // Where an import had to drop ids that their column cuts.
    const channel = record.uniqueId || record.channel;
    const current = open.get(channel);
    if (record.queue === '') {
      if (record.destinationChannel !== '' || !staying.has(record.lastApplication)) {
        open.delete(channel);
      }
    } else if (current && current[0]!.queue === record.queue) {
      current.push(record);
    } else {
      const started = [record];
      open.set(channel, started);
      cut.push(started);
    }
  }
  return cut;
}

/** Applications whose records do not say that the caller left the queue's call. */
const staying: ReadonlySet<string> = new Set(['Hangup', 'Park']);

/** The answer of a stay: the record of the caller's that was answered first, and the one that tells by whom. */
export function queueAnswer(
  stay: readonly CdrRecord[],
  dialled: DialledChannels,
  pickups: Pickups
): { record: CdrRecord; by: CdrRecord } | null {
  for (const record of stay) {
    const by = dialled.answer(record);
    if (by && !pickups.has(record, by)) {
      return { record, by };
    }
  }
  return null;
}

function toVisit(
  stay: readonly CdrRecord[],
  dialled: DialledChannels,
  pickups: Pickups,
  heardAnswers: ReadonlyMap<string, number>
): BareVisit | null {
  const first = stay[0]!;
  if (first.startTime === null) {
    return null;
  }
  const answer = queueAnswer(stay, dialled, pickups);
  const agent = answer ? agentOfRecord(answer.by) : '';
  const leaveTime = answer ? answerTimeOf(answer.record, answer.by, heardAnswers) : latestEnd(stay);
  const waitTime = leaveTime === null ? 0 : Math.max(0, Math.round((leaveTime - first.startTime) / 1000));
  return {
    queue: first.queue,
    uniqueId: first.uniqueId,
    joinTime: first.startTime,
    leaveTime,
    visitOutcome: answer ? 'answered' : 'abandoned',
    waitTime,
    answerDelay: answer ? waitTime : null,
    talkTime: answer ? talkTime(stay, agent, dialled, heardAnswers) : null,
    endedBy: '',
    agent,
    utcOffset: first.utcOffset,
    derived: true,
    imported: false,
  };
}

/** After Answer() the caller's own record was answered before anybody was there: the phone's record knows, or `DialEnd`. */
function answerTimeOf(record: CdrRecord, by: CdrRecord, heardAnswers: ReadonlyMap<string, number>): number | null {
  const answerTime = Math.max(record.answerTime ?? 0, by.answerTime ?? 0) || null;
  const early = secondsBefore(answerTime, heardAnswers.get(by.destinationChannel) ?? null);
  return answerTime === null ? null : answerTime + early * 1000;
}

/** A Local channel that is optimized away cuts one talk into several records, and ForkCDR writes one twice. */
function talkTime(
  stay: readonly CdrRecord[],
  agent: string,
  dialled: DialledChannels,
  heardAnswers: ReadonlyMap<string, number>
): number {
  return coveredSeconds(
    stay.flatMap((record): Span[] => {
      const by = dialled.answer(record);
      const from = answerTimeOf(record, by ?? record, heardAnswers);
      const to = talkEndOf(record, by ?? record);
      return by && agentOfRecord(by) === agent && from !== null && to !== null ? [[from, Math.max(from, to)]] : [];
    })
  );
}

function talkEndOf(record: CdrRecord, by: CdrRecord): number | null {
  const answerTime = Math.max(record.answerTime ?? 0, by.answerTime ?? 0) || null;
  return answerTime === null ? null : answerTime + Math.min(record.billableSeconds, by.billableSeconds) * 1000;
}

function latestEnd(records: readonly CdrRecord[]): number | null {
  return records.reduce<number | null>(
    (latest, { endTime }) => (endTime === null ? latest : Math.max(latest ?? endTime, endTime)),
    null
  );
}
