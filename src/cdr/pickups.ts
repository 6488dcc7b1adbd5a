import { agentOfRecord } from './agent-of-record';
import type { DialledChannels } from './dialled-channels';
import type { CdrRecord } from './record';

/** Who picked up what another phone rang, by the records of one call. */
export class Pickups {
  /** Answers that never rang, by dialling and the second in which they begin, with the record that tells by whom. */
  private readonly answers = new Map<string, CdrRecord>();

  constructor(
    records: readonly CdrRecord[],
    private readonly dialled: DialledChannels
  ) {
    for (const record of records) {
      const by = record.startTime !== null && record.startTime === record.answerTime ? dialled.answer(record) : null;
      if (by) {
        this.answers.set(keyOf(record, record.startTime!), by);
      }
    }
  }

  /**
   * Whether another phone picked up what one rang. Asterisk writes the one that rang as ANSWERED with no talk, or as NO
   * ANSWER, up to the second in which the answer begins. But a busy one may write ANSWERED a second early, and NO ANSWER up to
   * the last that it heard of the caller, which may be when the phone began to ring (seen on 16.28): then only the channel
   * that was taken over tells.
   *
   * @param phone record of the phone that rang; `rung` is the caller's
   */
  has(rung: CdrRecord, phone: CdrRecord): boolean {
    if (this.dialled.isTakenOver(phone.destinationChannel)) {
      return true;
    }
    const { billableSeconds, endTime } = rung;
    if (billableSeconds !== 0 || endTime === null) {
      return false;
    }
    return secondsLate(rung).some((late) => {
      const by = this.answers.get(keyOf(rung, endTime + late * 1000));
      return by !== undefined && agentOfRecord(by) !== agentOfRecord(phone);
    });
  }
}

/**
 * How long after the end of the phone's record the answer may begin. A table without a column for the end, such as FreePBX's,
 * tells it by the whole seconds of start and duration, which may be a second early (seen).
 */
function secondsLate({ disposition, imported }: CdrRecord): readonly number[] {
  const most = (disposition === 'ANSWERED' ? 1 : 0) + (imported ? 1 : 0);
  return [0, 1, 2].slice(0, most + 1);
}

const keyOf = ({ uniqueId, lastApplication, lastData }: CdrRecord, time: number): string =>
  JSON.stringify([uniqueId, lastApplication, lastData, time]);
