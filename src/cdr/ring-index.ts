import type { DialledChannels } from './dialled-channels';
import type { BareLeg, Ring } from './legs-from-events';
import type { CdrRecord } from './record';
import { joinSpans, type Span } from './spans';

/** Times are whole seconds, and an event may arrive a moment after its record's second. Milliseconds. */
export const slack = 2000;

/** The rings that queue events tell, to find whether a record shows one of them again. */
export class RingIndex {
  private readonly channels: ReadonlySet<string>;
  private readonly times: ReadonlyMap<string, readonly Span[]>;
  /** By the caller's channel, answers of members behind Local channels. */
  private readonly local: ReadonlyMap<string, readonly Ring[]>;

  constructor(rings: readonly Ring[]) {
    this.channels = new Set(rings.map(({ channel }) => channel).filter((channel) => channel !== ''));
    const byAgent = Map.groupBy(rings, ({ agent }) => agent);
    this.times = new Map(
      [...byAgent].map(([agent, own]) => [
        agent,
        joinSpans(
          own.map(({ startTime, endTime }) => [startTime, endTime]),
          0
        ),
      ])
    );
    this.local = Map.groupBy(
      rings.filter(({ agent, connectTime }) => connectTime !== null && agent.startsWith('Local/')),
      ({ uniqueId }) => uniqueId
    );
  }

  /** Whether a leg that a record shows is one of the rings. */
  has(leg: BareLeg, record: CdrRecord, dialled: DialledChannels): boolean {
    if (this.channels.has(record.destinationChannel)) {
      return true;
    }
    const root = dialled.root(record);
    const isOfMember = !dialled.isPassedOn(record);
    return (
      (isOfMember && this.channels.has(root.destinationChannel)) ||
      overlaps(this.times.get(leg.agent) ?? [], leg.startTime - slack, (record.endTime ?? leg.startTime) + slack) ||
      (isOfMember && leg.answered && (this.local.get(root.uniqueId) ?? []).some((ring) => isBehind(ring, leg)))
    );
  }
}

/** The same talk under the channel that stood behind the member's Local channel. */
function isBehind({ agent, connectTime }: Ring, leg: BareLeg): boolean {
  return agent !== leg.agent && Math.abs(leg.startTime - connectTime!) <= slack;
}

/** Whether one of the spans, in order and apart, has an instant from one to another. */
function overlaps(spans: readonly Span[], from: number, to: number): boolean {
  let [low, high] = [0, spans.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (spans[middle]![1] < from) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low < spans.length && spans[low]![0] <= to;
}
