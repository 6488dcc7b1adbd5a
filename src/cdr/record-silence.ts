import type { Gap } from './gap';
import { timeOf, type Moment } from './moment';

/** Events at the end of a call, or of its visit to a queue, which a record follows. */
const endings: ReadonlySet<string> = new Set(['Hangup', 'AgentComplete', 'QueueCallerAbandon']);
/** A PBX may keep its records back, by default for five minutes (cdr.conf, `batch` and `time`). Milliseconds. */
const patience = 600_000;
/** Calls may end without a record, such as those that a dial plan takes out; not so many in a row. */
const enoughCalls = 10;

interface Event {
  server: string;
  name: string;
  fields: Readonly<Record<string, string>>;
}

interface Waiting {
  /** When the first call ended since the last record. */
  since: Moment;
  /** Linked ids of calls that ended since, up to `enoughCalls`. */
  calls: Set<string>;
}

/**
 * Notices PBXes whose calls end without a record: the AMI user lacks the read class `cdr`, or cdr_manager is off. Times are
 * ours, whatever the PBX's clock shows.
 */
export class RecordSilence {
  private readonly waiting = new Map<string, Waiting>();

  /** An event that is no record. */
  see(event: Event, now: Moment): void {
    const call = endedCall(event);
    if (call === null) {
      return;
    }
    const known = this.waiting.get(event.server) ?? { since: now, calls: new Set<string>() };
    this.waiting.set(event.server, known);
    if (known.calls.size < enoughCalls) {
      known.calls.add(call);
    }
  }

  /**
   * A record came of a call that ended at `endedAt`; the gap that it ends. The late record of an old call ends none: the PBX
   * keeps its records back.
   */
  recorded(server: string, endedAt: number, now: Moment): Gap | null {
    return this.end(server, Math.min(endedAt, now.time), now);
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
