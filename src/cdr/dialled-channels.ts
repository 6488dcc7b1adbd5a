import { isPersonChannel } from './person-answer';
import type { CdrRecord } from './record';

/**
 * Records of one call by the Local channels that lead from one to the next: what dials `Local/…;1` goes on in the record
 * of `Local/…;2`.
 */
export class DialledChannels {
  private readonly byChannel: ReadonlyMap<string, CdrRecord[]>;
  private readonly byDestination = new Map<string, CdrRecord>();
  private readonly answers = new Map<string, CdrRecord | null>();
  private readonly takenOver: ReadonlySet<string>;

  constructor(records: readonly CdrRecord[]) {
    this.byChannel = Map.groupBy(records, ({ channel }) => channel);
    this.takenOver = new Set(records.filter(showsTakenOver).map(({ channel }) => channel));
    for (const record of records) {
      if (record.destinationChannel !== '' && !this.byDestination.has(record.destinationChannel)) {
        this.byDestination.set(record.destinationChannel, record);
      }
    }
  }

  /**
   * The record in which a dialling began: of the queue, or of the one who dialled the Local channel that the record speaks
   * of, if any. A caller who comes through a Local channel is in the queue by the record of its `;2`.
   */
  root(record: CdrRecord): CdrRecord {
    let root = record;
    for (let depth = 0; depth < deepest && root.queue === ''; depth++) {
      const dialler = root.channel.endsWith(';2') ? this.byDestination.get(otherHalf(root.channel)) : undefined;
      if (!dialler || dialler === root) {
        break;
      }
      root = dialler;
    }
    return root;
  }

  /**
   * The record of a person's answer to a record: itself, or one behind the Local channel that it dialled. Where nothing
   * is known of what is behind, an ANSWERED record to a Local channel says that somebody did. Null where nobody did, and
   * where another phone picked up: in a call that the dialplan answered before, the ring then reads as a talk (seen).
   */
  answer(record: CdrRecord): CdrRecord | null {
    const { disposition, destinationChannel } = record;
    if (disposition !== 'ANSWERED' || destinationChannel === '') {
      return null;
    }
    if (isPersonChannel(destinationChannel)) {
      return this.isTakenOver(destinationChannel) ? null : record;
    }
    if (!destinationChannel.endsWith(';1')) {
      return null;
    }
    const half = otherHalf(destinationChannel);
    return this.byChannel.has(half) ? this.answerBehind(half) : record;
  }

  /** Whether another phone took a channel over while it rang: it picked the call up. */
  isTakenOver(channel: string): boolean {
    return this.takenOver.has(channel);
  }

  /** Of a channel, each looked through once: Local channels may lead to one another in a circle. */
  private answerBehind(channel: string): CdrRecord | null {
    const known = this.answers.get(channel);
    if (known !== undefined) {
      return known;
    }
    this.answers.set(channel, null);
    const answers = (this.byChannel.get(channel) ?? []).flatMap((record) => this.answer(record) ?? []);
    // A phone that another one picked up is answered, but was not talked to.
    const found = answers.find(({ billableSeconds }) => billableSeconds > 0) ?? answers[0] ?? null;
    this.answers.set(channel, found);
    return found;
  }

  /** Whether a phone behind a Local channel got a caller whom another phone there had answered before: by a transfer or a park. */
  isPassedOn(record: CdrRecord): boolean {
    const first = record.channel.endsWith(';2') ? this.answerBehind(record.channel) : null;
    const startedAt = record.startTime ?? 0;
    return first !== null && first.agent !== record.agent && startedAt >= (first.endTime ?? Infinity);
  }
}

/**
 * A phone that is dialled has no record of its own, but for one whose channel another phone took over, by a pickup. Where
 * cdr.conf has `unanswered = no`, it is not written.
 */
function showsTakenOver({ channel, destinationChannel, disposition, lastApplication }: CdrRecord): boolean {
  return (
    isPersonChannel(channel) &&
    destinationChannel === '' &&
    disposition === 'NO ANSWER' &&
    /^App(Queue|Dial)$/.test(lastApplication)
  );
}

/** Local channels that lead to one another. */
const deepest = 8;

const otherHalf = (channel: string): string =>
  channel.endsWith(';1') ? `${channel.slice(0, -1)}2` : `${channel.slice(0, -1)}1`;
