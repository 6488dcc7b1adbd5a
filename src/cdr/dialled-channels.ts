import { isPersonChannel } from './person-answer';
import type { CdrRecord } from './record';

/**
 * Records of one call by the Local channels that lead from one to the next: what dials `Local/…;1` goes on in the record
 * of `Local/…;2`.
 */
export class DialledChannels {
  private readonly byChannel: ReadonlyMap<string, CdrRecord[]>;
  private readonly byDestination = new Map<string, CdrRecord>();

  constructor(records: readonly CdrRecord[]) {
    this.byChannel = Map.groupBy(records, ({ channel }) => channel);
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
   * is known of what is behind, an ANSWERED record to a Local channel says that somebody did. Null where nobody did.
   */
  answer(record: CdrRecord, depth = 0): CdrRecord | null {
    if (record.disposition !== 'ANSWERED' || record.destinationChannel === '') {
      return null;
    }
    if (isPersonChannel(record.destinationChannel)) {
      return record;
    }
    const behind = record.destinationChannel.endsWith(';1')
      ? (this.byChannel.get(otherHalf(record.destinationChannel)) ?? [])
      : [];
    if (behind.length === 0) {
      return record.destinationChannel.endsWith(';1') ? record : null;
    }
    return depth >= deepest ? null : (behind.flatMap((next) => this.answer(next, depth + 1) ?? [])[0] ?? null);
  }
}

/** Local channels that lead to one another. */
const deepest = 8;

const otherHalf = (channel: string): string =>
  channel.endsWith(';1') ? `${channel.slice(0, -1)}2` : `${channel.slice(0, -1)}1`;
