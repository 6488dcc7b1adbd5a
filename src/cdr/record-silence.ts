import { isAnswered, type CallEvent } from './answered-channel';
import type { Gap } from './gap';
import { timeOf, type Moment } from './moment';
import { showsUnanswered, type WrittenRecord } from './unanswered-record';

/** Events at the end of a call, or of its visit to a queue, which a record follows. */
const endings: ReadonlySet<string> = new Set(['Hangup', 'AgentComplete', 'QueueCallerAbandon']);
/** A PBX may keep its records back, by default for five minutes (cdr.conf, `batch` and `time`). Milliseconds. */
const patience = 600_000;
/** Calls may end without a record, such as those that a dial plan takes out; not so many in a row. */
const enoughCalls = 10;

interface Event extends CallEvent {
  server: string;
}

interface Waiting {
  /** When the first call ended since the last record. */
  since: Moment;
  /** Linked ids of calls that ended since, up to `enoughCalls`. */
  calls: Set<string>;
  /** True where one of them was answered. */
  hasAnswered: boolean;
}

/**
 * Notices PBXes whose calls end without a record: the AMI user lacks the read class `cdr`, or cdr_manager is off. A call
 * that nobody answered counts only where the PBX has shown that it writes records of such calls: by default, `unanswered =
 * no` in cdr.conf, Asterisk writes none of a caller for whom no phone was rung. Times are ours, whatever the PBX's clock
 * shows.
 */
export class RecordSilence {
  private readonly waiting = new Map<string, Waiting>();
  /** PBXes with `unanswered = yes`, as their records show. */
  private readonly writesUnanswered = new Set<string>();

  /** An event that is no record. */
  see(event: Event, now: Moment): void {
    const call = endedCall(event);
    if (call === null || !(isAnswered(event) || this.writesUnanswered.has(event.server))) {
      return;
    }
    const known = this.waiting.get(event.server) ?? { since: now, calls: new Set<string>(), hasAnswered: false };
    this.waiting.set(event.server, known);
    known.hasAnswered ||= isAnswered(event);
    if (known.calls.size < enoughCalls) {
      known.calls.add(call);
    }
  }

  /**
   * A record came of a call that ended at `endedAt`; the gap that it ends. The late record of an old call ends none: the PBX
   * keeps its records back.
   */
  recorded(record: WrittenRecord & { server: string }, endedAt: number, now: Moment): Gap | null {
    const { server } = record;
    const hadAnswered = this.waiting.get(server)?.hasAnswered;
    const gap = this.end(server, Math.min(endedAt, now.time), now);
    if (showsUnanswered(record)) {
      this.writesUnanswered.add(server);
    } else if (gap && !hadAnswered) {
      // Its cdr.conf may be another one now.
      this.writesUnanswered.delete(server);
    }
    return gap;
  }

  /** A PBX is not heard any more, or listening ends; the gap that lasted until then. */
  forget(server: string, now: Moment): Gap | null {
    return this.end(server, now.time, now);
  }

  /** Gaps that go on. */
  open(now: Moment): Gap[] {
    return [...this.waiting.keys()].flatMap((server) => this.gapOf(server, now.time, now) ?? []);
  }

  private end(server: string, at: number, now: Moment): Gap | null {
    const gap = this.gapOf(server, at, now);
    this.waiting.delete(server);
    return gap && { ...gap, endTime: at };
  }

  private gapOf(server: string, at: number, now: Moment): Gap | null {
    const known = this.waiting.get(server);
    const startTime = known && timeOf(known.since, now);
    return startTime !== undefined && known!.calls.size >= enoughCalls && at - startTime > patience
      ? { server, startTime, endTime: null, reason: 'unrecorded' }
      : null;
  }
}

/** The call that an event ends; null where it goes on: phones that rang for it hang up too, with channels of their own. */
function endedCall({ name, fields }: Event): string | null {
  const channel = fields.Uniqueid ?? '';
  const call = fields.Linkedid || (name === 'Hangup' ? '' : channel);
  return endings.has(name) && call !== '' && (name !== 'Hangup' || call === channel) ? call : null;
}
