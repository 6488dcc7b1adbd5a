import { isAnswered, type CallEvent } from '../../cdr/answered-channel';
import type { CdrRecord } from '../../cdr/record';

/** A PBX may keep its records back, by default for five minutes (cdr.conf, `batch` and `time`). Milliseconds. */
const patience = 600_000;
/** Calls that are known at most, of either kind. */
const most = 1_000;

/**
 * Callers of one PBX who were not answered and left no record: it says `unanswered = no` in cdr.conf, Asterisk's default.
 * Their end and their record come in any order.
 */
export class UnrecordedCallers {
  /** By linked id, when the call ended; milliseconds of our clock. */
  private readonly ended = new Map<string, number>();
  /** Ids of the last records. */
  private readonly recorded = new Set<string>();

  see(event: CallEvent, now: number): void {
    const { Uniqueid: channel = '', Linkedid: call = '', ChannelState } = event.fields;
    const isEnd = event.name === 'Hangup' && channel !== '' && channel === call && ChannelState !== undefined;
    if (isEnd && !isAnswered(event) && !this.recorded.has(call)) {
      bound(this.ended);
      this.ended.set(call, now);
    }
  }

  /** A record came. One that only `unanswered = yes` brings says that all is well from now on. */
  record({ linkedId, uniqueId }: CdrRecord, showsUnanswered: boolean): void {
    if (showsUnanswered) {
      this.ended.clear();
    }
    // Transfers join calls: the record may bear the linked id of another one.
    for (const id of new Set([linkedId, uniqueId])) {
      this.ended.delete(id);
      bound(this.recorded);
      this.recorded.add(id);
    }
  }

  /** How many there are whose record can't be on its way any more. */
  count(now: number): number {
    return [...this.ended.values()].filter((at) => now - at > patience).length;
  }
}

/** Makes room for one more by leaving the oldest out. */
function bound(known: Map<string, unknown> | Set<string>): void {
  const [oldest] = known.keys();
  if (known.size >= most && oldest !== undefined) {
    known.delete(oldest);
  }
}
