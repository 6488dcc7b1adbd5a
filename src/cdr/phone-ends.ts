import type { DialledChannels } from './dialled-channels';
import type { CdrRecord } from './record';
import { joinSpans, type Span } from './spans';

/** Times are whole seconds, and an event may arrive a moment after its record's second. Milliseconds. */
const slack = 2000;

/**
 * When each phone that was talked to left its call, by the records that tell of it: those that led to it, and its own. A
 * caller who is passed on leaves a record to the next phone, and the phone that consults one of its own, up to the transfer
 * (Asterisk: application AppDial or AppQueue, Outgoing Line). A phone may be talked to more than once, by the same name of
 * its channel where that has no number of its own (DAHDI).
 */
export class PhoneEnds {
  /** Talks of each channel, in order and apart: a record that goes on with one begins in the second in which the one before ends. */
  private readonly talks: ReadonlyMap<string, readonly Span[]>;
  /** By the channel that rang a phone, the records that tell of its answers. */
  private readonly answers: ReadonlyMap<string, readonly CdrRecord[]>;

  constructor(
    records: readonly CdrRecord[],
    private readonly dialled: DialledChannels
  ) {
    const talked = records.filter(
      ({ disposition, billableSeconds }) => disposition === 'ANSWERED' && billableSeconds > 0
    );
    const spans = talked.flatMap(({ channel, destinationChannel, answerTime, endTime }) =>
      answerTime === null || endTime === null
        ? []
        : [channel, destinationChannel].map((one) => ({ one, span: [answerTime, endTime] as const }))
    );
    this.talks = new Map(
      [...Map.groupBy(spans, ({ one }) => one)].map(([one, of]) => [
        one,
        joinSpans(
          of.map(({ span }) => span),
          0
        ),
      ])
    );
    this.answers = Map.groupBy([...talked].sort(byStart), ({ destinationChannel }) => destinationChannel);
  }

  /**
   * End of the talk that goes on at an instant; null where no record tells of one. Epoch milliseconds.
   * @param channel the phone's, or a Local channel before it
   */
  of(channel: string, at: number): number | null {
    const dialling = channel === '' ? undefined : latest(this.answers.get(channel) ?? [], spanOf, at);
    const answer = dialling && this.dialled.answer(dialling);
    const talks = (answer && this.talks.get(answer.destinationChannel)) ?? [];
    return latest(talks, (talk) => talk, at)?.[1] ?? null;
  }
}

/** The last of some, in order of their start, that lasts at an instant; those that begin together are few. */
function latest<T>(some: readonly T[], spanOf: (one: T) => Span, at: number): T | undefined {
  let [low, high] = [0, some.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (spanOf(some[middle]!)[0] - slack <= at) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return some.slice(Math.max(0, low - 8), low).findLast((one) => at <= spanOf(one)[1] + slack);
}

const byStart = (a: CdrRecord, b: CdrRecord): number => spanOf(a)[0] - spanOf(b)[0];

const spanOf = ({ startTime, answerTime, endTime }: CdrRecord): Span => [
  startTime ?? answerTime ?? 0,
  endTime ?? Number.MAX_SAFE_INTEGER,
];
