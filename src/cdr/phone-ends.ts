import type { DialledChannels } from './dialled-channels';
import type { CdrRecord } from './record';

/**
 * When each phone that was talked to left its call, by the records that tell of it: those that led to it, and its own. A
 * caller who is passed on leaves a record to the next phone, and the phone that consults one of its own, up to the transfer
 * (Asterisk: application AppDial or AppQueue, Outgoing Line).
 */
export class PhoneEnds {
  private readonly ends = new Map<string, number>();
  /** By the channel that rang a phone, the record that tells of its answer. */
  private readonly answers = new Map<string, CdrRecord>();

  constructor(
    records: readonly CdrRecord[],
    private readonly dialled: DialledChannels
  ) {
    for (const record of records) {
      const { channel, destinationChannel, disposition, billableSeconds, endTime } = record;
      if (disposition !== 'ANSWERED' || billableSeconds === 0 || endTime === null) {
        continue;
      }
      [channel, destinationChannel].forEach((one) => this.ends.set(one, Math.max(this.ends.get(one) ?? 0, endTime)));
      if (destinationChannel !== '' && !this.answers.has(destinationChannel)) {
        this.answers.set(destinationChannel, record);
      }
    }
  }

  /**
   * Epoch milliseconds; null where no record tells of a talk.
   * @param channel the phone's, or a Local channel before it
   */
  of(channel: string): number | null {
    const dialling = this.answers.get(channel);
    const answer = dialling && this.dialled.answer(dialling);
    return (answer && this.ends.get(answer.destinationChannel)) ?? null;
  }
}
