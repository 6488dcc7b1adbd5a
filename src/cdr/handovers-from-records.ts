import { agentOfRecord } from './agent-of-record';
import { mostTransfers } from './call-bounds';
import type { CallRules } from './call-rules';
import type { DialledChannels } from './dialled-channels';
import type { Handover } from './handover';
import { isPersonChannel } from './person-answer';
import type { CdrRecord } from './record';

const diallers: ReadonlySet<string> = new Set(['Dial', 'Queue']);
/** Diallings of one party in one second. */
const most = 8;

/**
 * Handovers that the records of one call show: a party goes on elsewhere in the second in which a talk of his with an agent
 * ends. Within the same application he was joined to whom the agent consulted; in another Dial or Queue he was sent there.
 *
 * Records can't tell a transfer from a dialplan that goes on by itself to another phone or queue once the agent has hung up,
 * nor one into the very same queue from an attended one, nor a try that failed.
 */
export function handoversFromRecords(
  records: readonly CdrRecord[],
  dialled: DialledChannels,
  rules: CallRules
): Handover[] {
  const later = new LaterRecords(records);
  return records
    .flatMap((before) => {
      const by = talkedTo(before, dialled);
      const ofParty =
        by &&
        later.of(before.uniqueId || before.channel, before).find((after) => isElsewhere(before, after, by, dialled));
      if (by && ofParty) {
        const kind = isSameApplication(before, ofParty) ? 'attended' : 'blind';
        return [handover(kind, before, ofParty, agentOfRecord(by), dialled)];
      }
      // Whom an agent has called goes on by himself.
      const caller = before.disposition === 'ANSWERED' && before.billableSeconds > 0 ? rules.agent(before.channel) : '';
      const [ofCalled] = caller === '' ? [] : later.of(before.destinationChannel, before);
      return ofCalled ? [handover('blind', before, ofCalled, caller, dialled)] : [];
    })
    .slice(0, mostTransfers);
}

/** Diallings by the party that they are of, by the id and the name of its channel, and the second in which they begin. */
class LaterRecords {
  private readonly begun = new Map<string, CdrRecord[]>();

  constructor(records: readonly CdrRecord[]) {
    for (const record of records) {
      const { startTime, uniqueId, channel, lastApplication, destinationChannel } = record;
      if (startTime !== null && destinationChannel !== '' && diallers.has(lastApplication)) {
        for (const party of new Set([uniqueId, channel])) {
          const key = keyOf(party, startTime);
          const begun = this.begun.get(key) ?? [];
          this.begun.set(key, begun);
          begun.push(record);
        }
      }
    }
  }

  /** Those of a party that begin as a record of his ends; of very many in one second, the first. */
  of(party: string, before: CdrRecord): CdrRecord[] {
    const { startTime, endTime } = before;
    return endTime === null
      ? []
      : [endTime - 1000, endTime, endTime + 1000]
          .flatMap((time) => this.begun.get(keyOf(party, time))?.slice(0, most) ?? [])
          .filter((after) => after !== before && after.startTime! > (startTime ?? 0));
  }
}

const keyOf = (party: string, time: number): string => `${Math.floor(time / 1000)}|${party}`;

/** The record of the agent whom a record's talk was with; null where it was with none. */
function talkedTo(record: CdrRecord, dialled: DialledChannels): CdrRecord | null {
  const by = record.billableSeconds > 0 ? dialled.answer(record) : null;
  return by && isPersonChannel(by.destinationChannel) && agentOfRecord(by) !== '' ? by : null;
}

/** A Local channel that is optimized away cuts one talk with one agent into two records. */
function isElsewhere(before: CdrRecord, after: CdrRecord, by: CdrRecord, dialled: DialledChannels): boolean {
  if (!isSameApplication(before, after)) {
    return true;
  }
  const next = dialled.answer(after);
  return next !== null && after.answerTime === after.startTime && agentOfRecord(next) !== agentOfRecord(by);
}

function handover(
  kind: Handover['kind'],
  before: CdrRecord,
  after: CdrRecord,
  agent: string,
  dialled: DialledChannels
): Handover {
  const isBlind = kind === 'blind';
  return {
    kind,
    at: before.endTime!,
    agent,
    uniqueId: after.uniqueId,
    utcOffset: before.utcOffset,
    derived: true,
    result: 'Success',
    extension: isBlind ? after.destination : '',
    targetChannel: isBlind ? '' : (dialled.answer(after)?.destinationChannel ?? ''),
    consultUniqueId: '',
  };
}

function isSameApplication(a: CdrRecord, b: CdrRecord): boolean {
  return a.lastApplication === b.lastApplication && a.lastData === b.lastData;
}
